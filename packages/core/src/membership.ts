import type { Room, RoomId, UserId } from '@parley/protocol'
import type { Ports } from './ports/ports.ts'
import type { Refusal } from './refusal.ts'
import { refusals } from './refusals.ts'
import { roomShape } from './shapes.ts'

/** The rooms that a user is a member of. */
export const roomsOf = async (ports: Ports, user: UserId): Promise<readonly RoomId[]> =>
  (await ports.store.memberships(user)).map(({ room }) => room)

/**
 * Makes what the connections of a user hear agree with whether it is a member. Asks after each step, since another one
 * may have come between: a removal, whose connections would go on hearing, or a return, whose would hear nothing.
 */
const settle = async (ports: Ports, user: UserId, room: RoomId, member: boolean): Promise<void> => {
  await (member ? ports.connections.join(user, room) : ports.connections.leave(user, room))
  const isMember = (await ports.store.standing(room, user))?.membership !== undefined
  if (isMember !== member) await settle(ports, user, room, isMember)
}

/** Lets the connections of a new member hear the room. */
export const enterRoom = (ports: Ports, user: UserId, room: RoomId): Promise<void> => settle(ports, user, room, true)

/** Lets the connections of who is no member hear the room no longer. */
export const exitRoom = (ports: Ports, user: UserId, room: RoomId): Promise<void> => settle(ports, user, room, false)

/** The room's facts with its newest rev. */
export const roomNow = async (ports: Ports, id: RoomId): Promise<Room | Refusal> => {
  const [facts, revs] = await Promise.all([ports.store.room(id), ports.store.revs([id])])
  return facts ? roomShape(facts, revs.get(id) ?? 0) : refusals.noRoom
}
