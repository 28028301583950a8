import { inRoom } from '../access.ts'
import type { Execute } from '../outcome.ts'
import { isRefusal } from '../refusal.ts'
import { roomShape } from '../shapes.ts'
import { myRoom } from '../welcome.ts'

/** One room, as a list shows it. */
export const seeRoom: Execute<'see-room'> = async (ports, actor, { room }) => {
  const standing = await inRoom(ports, actor, room, 'read')
  if (isRefusal(standing)) return standing
  const [overview] = standing.membership ? await ports.store.overviews(standing.user, [room]) : []
  if (overview) return { answer: { ...myRoom(overview), member: true } }
  const revs = await ports.store.revs([room])
  return { answer: { ...roomShape(standing.room, revs.get(room) ?? 0), member: false } }
}
