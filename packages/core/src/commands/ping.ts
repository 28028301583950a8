import type { RoomId } from '@parley/protocol'
import { mayInRoom } from '../access.ts'
import type { Execute } from '../outcome.ts'
import { refusals } from '../refusals.ts'

/** Tells the newest revs of rooms, so that a client notices what it has not heard of. Rooms it may not see are left out. */
export const ping: Execute<'ping'> = async (ports, actor, { rooms }) => {
  if (!rooms) return { answer: { type: 'pong' } }
  if (actor.kind !== 'user') return refusals.signIn
  const asked = [...new Set(rooms)]
  // At once: where the store is far away each would be waited for.
  const standings = await Promise.all(asked.map((room) => ports.store.standing(room, actor.user)))
  const seen = asked.filter((_, index) => {
    const standing = standings[index]
    return standing && !mayInRoom('read', standing)
  })
  const revs = seen.length > 0 ? await ports.store.revs(seen) : new Map<RoomId, number>()
  return { answer: { type: 'pong', revs: Object.fromEntries(revs) as Record<RoomId, number> } }
}
