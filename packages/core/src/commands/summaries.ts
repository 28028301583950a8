import { inRoom } from '../access.ts'
import type { Execute } from '../outcome.ts'
import { isRefusal } from '../refusal.ts'
import { refusals } from '../refusals.ts'

/** What bots remember of the older part of a room; only where the actor may read the room. */
export const recallSummary: Execute<'recall-summary'> = async (ports, actor, { room }) => {
  if (actor.kind !== 'service') return refusals.botsOnly
  const standing = await inRoom(ports, actor, room, 'read')
  if (isRefusal(standing)) return standing
  return { answer: (await ports.store.summary(room)) ?? null }
}

export const keepSummary: Execute<'keep-summary'> = async (ports, actor, { room, summary }) => {
  if (actor.kind !== 'service') return refusals.botsOnly
  const standing = await inRoom(ports, actor, room, 'read')
  if (isRefusal(standing)) return standing
  await ports.store.keepSummary(room, summary ?? undefined)
  return { answer: null }
}
