import { inRoom, mayInRoom } from '../access.ts'
import { enterRoom, roomNow } from '../membership.ts'
import type { Execute } from '../outcome.ts'
import { isRefusal, refuse } from '../refusal.ts'
import { refusals } from '../refusals.ts'
import { instant } from '../shapes.ts'

/** Makes somebody a member; an admin of the room may name admins so, also of who is a member already. */
export const inviteMember: Execute<'invite'> = async (ports, actor, { room: id, user, role }) => {
  const standing = await inRoom(ports, actor, id, 'invite')
  if (isRefusal(standing)) return standing
  if (standing.room.kind === 'direct') return refuse('forbidden', 'A direct room keeps its people. Open another one.')
  const refusal = role && mayInRoom('manage', standing)
  if (refusal) return refusal
  const guest = await ports.store.user(user)
  if (!guest) return refuse('not_found', 'Nobody has that id.')
  if (guest.banned) return refusals.banned
  const joinedAt = instant(ports.clock.now())
  const added = await ports.store.addMember({ room: id, user, role: role ?? 'member', joinedAt, read: 0 })
  const changed = !added && role !== undefined && (await ports.store.changeMemberRole(id, user, role))
  await enterRoom(ports, user, id)
  const room = await roomNow(ports, id)
  if (isRefusal(room)) return room
  return {
    answer: { type: 'room', room },
    events: [
      ...(added ? [{ type: 'room-joined', room, user } as const] : []),
      ...(added || changed ? [{ type: 'members-changed', room } as const] : []),
    ],
  }
}
