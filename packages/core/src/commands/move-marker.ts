import { inRoom } from '../access.ts'
import type { Execute } from '../outcome.ts'
import { isRefusal, refuse } from '../refusal.ts'
import { ok } from '../shapes.ts'

/** Says how far the actor has read. Only forward. */
export const moveMarker: Execute<'read'> = async (ports, actor, { room, seq }) => {
  const standing = await inRoom(ports, actor, room, 'read')
  if (isRefusal(standing)) return standing
  if (!standing.membership) return refuse('forbidden', 'Join the room first.')
  const moved = await ports.store.moveMarker(room, standing.user, seq)
  if (moved === undefined) return { answer: ok }
  const { readReceiptMembers } = ports.settings
  const small =
    standing.room.kind === 'direct' ||
    (await ports.store.members(room, { limit: readReceiptMembers + 1 })).length <= readReceiptMembers
  return {
    answer: ok,
    events: [{ type: 'marker-moved', room, user: standing.user, seq: moved, told: small ? 'room' : 'user' }],
  }
}
