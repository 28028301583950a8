import type { MessageId } from '@parley/protocol'
import { inRoom, mayAsk } from '../access.ts'
import { budgetLeft } from '../budget.ts'
import type { Execute } from '../outcome.ts'
import { isRefusal, refuse } from '../refusal.ts'
import { refusals } from '../refusals.ts'
import { ok, roomBot } from '../shapes.ts'

/** Asks for a summary of what one has not read: it comes as a note, to the asker alone. */
export const catchUp: Execute<'catchup'> = async (ports, actor, { room, after }) => {
  const standing = await inRoom(ports, actor, room, 'read')
  if (isRefusal(standing)) return standing
  const refusal = mayAsk(standing)
  if (refusal) return refusal
  if (roomBot(standing.room).speaks === 'off') return refuse('forbidden', 'No bot speaks in this room.')
  const note = ports.ids.uuid() as MessageId
  const since = after ?? standing.membership?.read ?? 0
  return { answer: ok, jobs: [{ kind: 'catchup', id: note, room, asker: standing.user, note, since }] }
}

/** What a summary of the unread needs to know. */
export const beginCatchUp: Execute<'begin-catchup'> = async (ports, actor, { room }) => {
  if (actor.kind !== 'service') return refusals.botsOnly
  const standing = await inRoom(ports, actor, room, 'read')
  if (isRefusal(standing)) return standing
  return {
    answer: {
      facts: standing.room,
      asker: standing.account,
      left: await budgetLeft(ports, { room, user: actor.user }),
    },
  }
}

/** Tells one person alone something, bit by bit or whole; the same id replaces. Not kept. */
export const tellNote: Execute<'tell-note'> = async (_ports, actor, { user, room, id, text, streaming }) => {
  if (actor.kind !== 'service') return refusals.botsOnly
  return { answer: null, events: [{ type: 'note-told', user, room, id, text, streaming }] }
}
