import { inRoom } from '../access.ts'
import { enterRoom, roomNow } from '../membership.ts'
import type { Execute } from '../outcome.ts'
import { isRefusal } from '../refusal.ts'
import { instant } from '../shapes.ts'

/** Becomes a member of a public room. Who is one already is told the room again. */
export const joinRoom: Execute<'join'> = async (ports, actor, { room: id }) => {
  const standing = await inRoom(ports, actor, id, 'join')
  if (isRefusal(standing)) return standing
  const joinedAt = instant(ports.clock.now())
  const added =
    !standing.membership &&
    (await ports.store.addMember({ room: id, user: standing.user, role: 'member', joinedAt, read: 0 }))
  await enterRoom(ports, standing.user, id)
  const room = await roomNow(ports, id)
  if (isRefusal(room)) return room
  return {
    answer: { type: 'room', room },
    events: added
      ? [
          { type: 'room-joined', room, user: standing.user },
          { type: 'members-changed', room },
        ]
      : [],
  }
}
