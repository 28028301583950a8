import type { Down, RoomId } from '@parley/protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { behindGateway } from '../harness/gateway.ts'
import { seed } from '../harness/seed.ts'
import { type Client, newId, settled, world } from '../harness/world.ts'

const { visitor, member, connect, room } = await world()
type Message = Down<'message'>['message']

/** What a client holds of a room, and up to which rev it has everything. */
interface Replica {
  readonly messages: Map<string, Message>
  complete: number
}

const hold = ({ messages }: Replica, message: Message): void => {
  const held = messages.get(message.id)
  if (!held || held.rev < message.rev) messages.set(message.id, message)
}

/** Asks for what is missing, from where the replica is complete. */
const heal = async (client: Client, place: RoomId, replica: Replica): Promise<void> => {
  for (let more = true; more; ) {
    const synced = await client.ask('synced', { action: 'sync', room: place, since: replica.complete, limit: 3 })
    for (const message of synced.messages) hold(replica, message)
    replica.complete = synced.rev
    more = synced.more
  }
}

const fresh = async (client: Client, place: RoomId): Promise<readonly Message[]> => {
  const found: Message[] = []
  for (let before: number | undefined, more = true; more; before = found[0]?.seq) {
    const page = await client.ask('page', { action: 'history', room: place, limit: 4, ...(before && { before }) })
    found.unshift(...page.messages)
    more = page.more
  }
  return found
}

const step = fc.record({
  who: fc.nat(2),
  verb: fc.constantFrom('send', 'send', 'edit', 'delete', 'react', 'unreact', 'repeat'),
  which: fc.nat(),
  text: fc.constantFrom('one', 'two', 'three'),
  emoji: fc.constantFrom('👍', '🎉'),
  /** Whether the one before is awaited. */
  waits: fc.boolean(),
})
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

/** What becomes of a frame on its way to a replica. */
const fate = fc.constantFrom('comes', 'comes', 'comes', 'lost', 'doubled', 'late')

const frameOf = ({ verb, which, text, emoji }: Step, place: RoomId, ids: string[]) => {
  const known = ids[which % Math.max(1, ids.length)]
  if (verb === 'repeat' && known) return { action: 'send', room: place, id: known, text: 'repeated' }
  if (verb === 'send' || !known) {
    const id = newId()
    ids.push(id)
    return { action: 'send', room: place, id, text }
  }
  const message = { room: place, id: known }
  if (verb === 'edit') return { action: 'edit', ...message, text }
  if (verb === 'delete') return { action: 'delete', ...message }
  return { action: 'react', ...message, emoji, on: verb === 'react' }
}

test('[D4] whatever is lost, doubled and late, who syncs where revs have a gap holds what is fetched fresh', async () => {
  const writers = [await member(), await visitor(), await member('admin')] as const
  const watcher = await connect(writers[0].person)
  const property = fc.asyncProperty(
    fc.array(step, { minLength: 1, maxLength: 40 }),
    fc.infiniteStream(fate),
    async (steps, fates) => {
      const [maker, ...others] = writers
      const place = await room('public', maker, ...others)
      watcher.clear()
      const ids: string[] = []
      const underWay: Promise<unknown>[] = []
      const refusals = new Set<string>()
      for (const one of steps) {
        const writer = writers[one.who] ?? maker
        const frame = frameOf(one, place, ids)
        const ref = newId()
        const answered = writer.answer(ref, frame.action).then((answer) => {
          if (answer.type === 'error') refusals.add(answer.code)
        })
        writer.tell({ ...frame, ref })
        underWay.push(answered)
        if (one.waits) await answered
      }
      await Promise.all(underWay)
      await settled(maker, watcher)

      const replica: Replica = { messages: new Map(), complete: 0 }
      const came: Message[] = []
      const late: Message[] = []
      for (const { message } of watcher.waiting('message', (frame) => frame.room === place)) {
        const [what] = fates.take(1)
        if (what === 'late') late.unshift(message)
        else if (what !== 'lost') came.push(...(what === 'doubled' ? [message, message] : [message]))
      }
      for (const message of [...came, ...late]) {
        hold(replica, message)
        if (message.rev === replica.complete + 1) replica.complete = message.rev
        else if (message.rev > replica.complete) await heal(watcher, place, replica)
      }
      const { revs } = await watcher.ask('pong', { action: 'ping', rooms: [place] })
      if ((revs?.[place] ?? 0) > replica.complete) await heal(watcher, place, replica)

      const held = [...replica.messages.values()].sort((a, b) => a.seq - b.seq)
      expect(held).toEqual(await fresh(watcher, place))
      expect([...refusals].filter((code) => !['forbidden', 'conflict', 'not_found'].includes(code))).toEqual([])
      for (const writer of writers) writer.clear()
    },
  )
  // Each frame costs the emulated gateway and its functions many times what it costs one process.
  const isShort = behindGateway() && !process.env.PARLEY_TEST_AWS
  await fc.assert(property, { seed, numRuns: isShort ? 10 : 25, endOnFailure: true })
})
