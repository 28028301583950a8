import { type ConnectionId, limits } from '@parley/protocol'
import { openParley } from '../ports.ts'
import type { Posted } from '../services/gateway.ts'
import { inPool } from '../services/in-pool.ts'
import type { Task } from '../services/later.ts'
import type { QueueAnswer, QueueEvent } from './events.ts'
import { joinFrames } from './join-frames.ts'

const { chat, gateway, ports, queue } = await openParley(process.env)
const own = queue(process.env.PARLEY_QUEUE ?? '')

const postsAtOnce = 100
/** While something streams, what is due is looked for so often between two ticks of the clock. */
const roundSeconds = 20
const roundsMax = 2

const wake = async (again: number): Promise<void> => {
  await chat.wake()
  if (again === 0) return
  const everything = new Date(ports.clock.now() + 86_400_000).toISOString()
  const streaming = await ports.store.orphans(everything)
  if (streaming.length > 0) await own.send(JSON.stringify({ kind: 'wake', again: again - 1 }), roundSeconds)
}

/** Posts what a batch brings, to each connection in as few frames as it fits into; which connections are to be tried again. */
const post = async (tasks: readonly Extract<Task, { kind: 'frame' }>[]): Promise<ReadonlySet<ConnectionId>> => {
  const waiting = new Map<ConnectionId, string[]>()
  for (const { to, frame } of tasks) {
    for (const id of to) {
      const frames = waiting.get(id)
      if (frames) frames.push(frame)
      else waiting.set(id, [frame])
    }
  }
  const joined = new Map<string, readonly string[]>()
  const framesOf = (frames: readonly string[]): readonly string[] => {
    const key = frames.join('\n')
    const known = joined.get(key) ?? joinFrames(frames, limits.downBytes)
    joined.set(key, known)
    return known
  }
  const busy = new Set<ConnectionId>()
  await inPool([...waiting], postsAtOnce, async ([id, frames]) => {
    // Dialects other than Parley's own have no word for several frames in one.
    const pieces = id.includes('/') ? frames : framesOf(frames)
    for (const frame of pieces) {
      const posted: Posted = await gateway.post(id, frame)
      if (posted === 'busy') busy.add(id)
      if (posted === 'gone') await chat.close(id)
      if (posted !== 'sent') return
    }
  })
  return busy
}

/** Takes again soon what the gateway had no time for: by itself it would come only when the function's time is over. */
const soonSeconds = 1

/** Does what was put off: posts to many connections, and what is due by the clock. */
export const handler = async ({ Records }: QueueEvent): Promise<QueueAnswer> => {
  const taken = Records.map((record) => ({ ...record, task: JSON.parse(record.body) as Task }))
  const frames = taken.filter(({ task }) => task.kind === 'frame')
  const busy = await post(frames.map(({ task }) => task).filter((task) => task.kind === 'frame'))
  const wakes = taken.flatMap(({ task }) => (task.kind === 'wake' ? [task.again ?? roundsMax] : []))
  if (wakes.length > 0) await wake(Math.max(...wakes))
  const failed = frames.filter(({ task }) => task.kind === 'frame' && task.to.some((id) => busy.has(id)))
  await Promise.all(failed.map(({ receiptHandle }) => own.hold(receiptHandle, soonSeconds)))
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) }
}
