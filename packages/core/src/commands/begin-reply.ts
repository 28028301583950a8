import { inRoom } from '../access.ts'
import type { Actor } from '../actor.ts'
import type { ReplyStart } from '../answer.ts'
import { replyId } from '../bots.ts'
import { budgetLeft } from '../budget.ts'
import type { CommandOf } from '../command.ts'
import type { Event } from '../events.ts'
import type { Execute } from '../outcome.ts'
import type { Ports } from '../ports/ports.ts'
import type { StoredMessage, Stream } from '../ports/records.ts'
import { isRefusal, refuse } from '../refusal.ts'
import { refusals } from '../refusals.ts'
import { instant, messageChanged, messageSaid, publicUser } from '../shapes.ts'

/** A reply whose maker died is begun anew so often; then it is ended. */
const restartsMax = 1

type Taken =
  | { readonly stored: StoredMessage; readonly run: number; readonly events: readonly Event[] }
  | (Exclude<ReplyStart, { state: 'begun' }> & { readonly events?: readonly Event[] })

const leaseEnd = (ports: Ports): string => instant(ports.clock.now() + ports.settings.streamLeaseMs)

/** Makes a reply one's own that is a message already: if nobody makes it at present. */
const takeUp = async (ports: Ports, stored: StoredMessage, stream: Stream): Promise<Taken> => {
  const { room, id, text } = stored.message
  const now = instant(ports.clock.now())
  if (stream.leaseUntil > now) return { state: 'busy', until: stream.leaseUntil }
  if (text === '') {
    const lease = { run: stream.run, until: leaseEnd(ports), endedBefore: now }
    const isOurs = await ports.store.leaseStream(room, id, lease)
    return isOurs ? { stored, run: stream.run, events: [] } : { state: 'busy', until: lease.until }
  }
  const isHopeless = stream.restarts >= restartsMax
  const changed = await ports.store.changeMessage(
    room,
    id,
    isHopeless
      ? { kind: 'end', ended: 'interrupted', run: stream.run }
      : { kind: 'restart', run: stream.run, leaseUntil: leaseEnd(ports) },
  )
  if (typeof changed === 'string') return { state: 'busy', until: leaseEnd(ports) }
  const events = [(isHopeless ? messageSaid : messageChanged)(changed.stored)]
  const run = changed.stored.stream?.run
  return run === undefined ? { state: 'over', events } : { stored: changed.stored, run, events }
}

/** Nothing is to be done but to tell the end again: whoever ended it may have died before it was told. */
const over = (stored: StoredMessage): Taken => ({ state: 'over', events: [messageChanged(stored)] })

const take = async (
  ports: Ports,
  actor: Extract<Actor, { kind: 'service' }>,
  { room, prompt, run }: CommandOf<'begin-reply'>,
  bag: string | undefined,
): Promise<Taken> => {
  const bot = await ports.store.user(actor.user)
  if (!bot) return { state: 'over' }
  const id = await replyId(prompt, bot.id)
  const there = await ports.store.message(room, id)
  if (!there && run === undefined) {
    const appended = await ports.store.appendMessage({
      id,
      room,
      from: publicUser(bot),
      text: '',
      at: instant(ports.clock.now()),
      replyTo: prompt,
      ...(bag !== undefined && { bag }),
      streaming: { leaseUntil: leaseEnd(ports) },
    })
    if (appended === 'conflict') return { state: 'over' }
    const { stored, repeated } = appended
    if (!repeated) return { stored, run: stored.message.seq, events: [messageChanged(stored)] }
    return stored.stream ? takeUp(ports, stored, stored.stream) : over(stored)
  }
  if (!there) return { state: 'over' }
  return there.stream ? takeUp(ports, there, there.stream) : over(there)
}

/**
 * A bot of this server sets about answering a prompt: the reply is in the room from now on, streaming. One that has
 * ended is not begun again, one that is being made is left alone, and one whose maker died is taken up. It gets the bag
 * of its prompt, by which a dialect knows who has asked.
 */
export const beginReply: Execute<'begin-reply'> = async (ports, actor, command) => {
  if (actor.kind !== 'service') return refusals.botsOnly
  const { room, prompt, asker } = command
  const standing = await inRoom(ports, actor, room, 'write')
  if (isRefusal(standing)) return standing
  const asked = await inRoom(ports, { kind: 'service', user: asker }, room, 'read')
  if (isRefusal(asked)) return asked
  const prompted = await ports.store.message(room, prompt)
  if (!prompted || prompted.message.deletedAt !== undefined) return { answer: { state: 'over' } }
  const taken = await take(ports, actor, command, prompted.bag)
  if ('state' in taken) {
    const { events = [], ...answer } = taken
    return { answer, events }
  }
  return {
    answer: {
      state: 'begun',
      message: taken.stored.message,
      run: taken.run,
      prompt: prompted.message,
      facts: standing.room,
      bot: standing.account,
      asker: asked.account,
      left: await budgetLeft(ports, { room, user: asker }),
    },
    events: taken.events,
  }
}

/** Says that a reply is still being made; refused when it has ended or is another's. */
export const keepReply: Execute<'keep-reply'> = async (ports, actor, { room, id, run }) => {
  if (actor.kind !== 'service') return refusals.botsOnly
  const isOurs = await ports.store.leaseStream(room, id, { run, until: leaseEnd(ports) })
  return isOurs ? { answer: null } : refuse('conflict', 'This reply has ended.')
}
