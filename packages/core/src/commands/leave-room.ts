import type { RoomId, UserId } from '@parley/protocol'
import { inRoom } from '../access.ts'
import type { Answers } from '../answer.ts'
import { exitRoom, roomNow } from '../membership.ts'
import type { Done, Execute } from '../outcome.ts'
import type { Ports } from '../ports/ports.ts'
import type { RoomFacts } from '../ports/records.ts'
import { isRefusal, type Refusal, refuse } from '../refusal.ts'
import { general } from '../store-rules.ts'

const canBeLeft = (room: RoomFacts): Refusal | undefined =>
  room.id === general || room.kind === 'direct'
    ? refuse('forbidden', 'Nobody leaves this room: it belongs to all who are in it.')
    : undefined

/** Ends a membership. The order is what keeps the promise: the truth, then who hears the room, then the news. */
const endMembership = async (ports: Ports, id: RoomId, user: UserId): Promise<Done<Answers['leave']> | Refusal> => {
  const removed = await ports.store.removeMember(id, user)
  await exitRoom(ports, user, id)
  const room = await roomNow(ports, id)
  if (isRefusal(room)) return room
  return {
    answer: { type: 'room', room },
    events: [{ type: 'room-left', room: id, user }, ...(removed ? [{ type: 'members-changed', room } as const] : [])],
  }
}

export const leaveRoom: Execute<'leave'> = async (ports, actor, { room }) => {
  const standing = await inRoom(ports, actor, room, 'read')
  if (isRefusal(standing)) {
    // It may be the repeat of a leaving that was stored, and died before its connections knew.
    if (actor.kind === 'user') await exitRoom(ports, actor.user, room)
    return standing
  }
  return canBeLeft(standing.room) ?? endMembership(ports, room, standing.user)
}

export const removeMember: Execute<'remove'> = async (ports, actor, { room, user }) => {
  const standing = await inRoom(ports, actor, room, 'manage')
  if (isRefusal(standing)) return standing
  const refusal = canBeLeft(standing.room)
  if (refusal) return refusal
  const target = await ports.store.standing(room, user)
  if (!target?.membership) {
    // It may be the repeat of a removal that was stored, and died before the connections of the removed knew.
    await exitRoom(ports, user, room)
    return refuse('not_found', 'Nobody of that id is in the room.')
  }
  return endMembership(ports, room, user)
}
