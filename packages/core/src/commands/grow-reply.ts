import { limits, type MessageId, type RoomId } from '@parley/protocol'
import { inRoom } from '../access.ts'
import type { Actor } from '../actor.ts'
import { replyJobs } from '../bots.ts'
import type { Done, Execute } from '../outcome.ts'
import type { Ports } from '../ports/ports.ts'
import type { MessageChange, Standing, StoredMessage } from '../ports/records.ts'
import { isRefusal, type Refusal, refuse } from '../refusal.ts'
import { refusals } from '../refusals.ts'
import { instant, messageAnswer, messageSaid, ok } from '../shapes.ts'

interface Place {
  readonly room: RoomId
  readonly id: MessageId
}

const tooLong = refuse('too_large', `A bot's text has at most ${limits.botTextUnits} UTF-16 units.`)
const over = refuse('conflict', 'This reply has ended.')

/** A reply that is the actor's own, and where the actor stands. */
const ownReply = async (
  ports: Ports,
  actor: Actor,
  { room, id }: Place,
): Promise<{ readonly standing: Standing; readonly stored: StoredMessage } | Refusal> => {
  const standing = await inRoom(ports, actor, room, 'write')
  if (isRefusal(standing)) return standing
  if (standing.account.kind !== 'bot') return refusals.notBitByBit
  const stored = await ports.store.message(room, id)
  if (!stored) return refusals.noMessage
  if (stored.message.from.id !== standing.account.id) {
    return refuse('forbidden', 'Only its author may lengthen a message.')
  }
  return stored.stream ? { standing, stored } : over
}

interface Piece extends Place {
  readonly at: number
  readonly text: string
  readonly run?: number
}

const grow = async (
  ports: Ports,
  actor: Actor,
  { room, id, at, text, run }: Piece,
): Promise<Done<typeof ok> | Refusal> => {
  if (at + text.length > limits.botTextUnits) return tooLong
  const own = await ownReply(ports, actor, { room, id })
  if (isRefusal(own)) return own
  const leaseUntil = instant(ports.clock.now() + ports.settings.streamLeaseMs)
  const grown = await ports.store.growMessage(room, id, { at, text, leaseUntil, ...(run !== undefined && { run }) })
  if (grown === 'missing') return refusals.noMessage
  if (grown === 'ended') return over
  if (grown === 'gap') return refuse('conflict', 'The text before this piece is missing.')
  if (grown === 'different') return refuse('conflict', 'Something else was said there before.')
  const { rev } = grown.message
  return { answer: ok, events: text === '' ? [] : [{ type: 'text-grown', room, id, rev, at, text }] }
}

/** Lengthens a reply. Whoever hears of it may have the text up to `at` from the store. */
export const growMessage: Execute<'delta'> = (ports, actor, command) => grow(ports, actor, command)

/** The same by a bot of this server; a maker that was given up is told so. */
export const growReply: Execute<'grow-reply'> = (ports, actor, command) => grow(ports, actor, command)

const end = async (
  ports: Ports,
  actor: Actor,
  { room, id }: Place,
  change: Extract<MessageChange, { kind: 'end' }>,
) => {
  const own = await ownReply(ports, actor, { room, id })
  if (isRefusal(own)) return own
  const changed = await ports.store.changeMessage(room, id, change)
  if (changed === 'missing') return refusals.noMessage
  if (typeof changed === 'string') return over
  const { stored } = changed
  const replied = stored.message.replyTo && (await ports.store.message(room, stored.message.replyTo))
  return {
    answer: messageAnswer(stored),
    events: [messageSaid(stored)],
    jobs: change.ended === 'done' ? await replyJobs(ports, own.standing, stored, replied || undefined) : [],
  }
}

/** Ends a reply, with its whole text where that is given. */
export const finishMessage: Execute<'finish'> = (ports, actor, { room, id, text, ended }) =>
  end(ports, actor, { room, id }, { kind: 'end', ended, ...(text !== undefined && { text }) })

export const endReply: Execute<'end-reply'> = (ports, actor, { room, id, text, ended, run }) =>
  end(ports, actor, { room, id }, { kind: 'end', ended, run, ...(text !== undefined && { text }) })
