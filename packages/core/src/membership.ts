import type { Room, RoomId, UserId } from '@parley/protocol'
import type { Ports } from './ports/ports.ts'
import { type Refusal, refuse } from './refusal.ts'
import { roomShape } from './shapes.ts'

/**
 * Lets the connections of a new member hear the room. Asks again afterwards, since a removal may have come between:
 * what a removed member's connections hear is the one thing that no later message mends.
 */
export const enterRoom = async (ports: Ports, user: UserId, room: RoomId): Promise<void> => {
  await ports.connections.join(user, room)
  const standing = await ports.store.standing(room, user)
  if (!standing?.membership) await ports.connections.leave(user, room)
}

/** The room's facts with its newest rev. */
export const roomNow = async (ports: Ports, id: RoomId): Promise<Room | Refusal> => {
  const [facts, revs] = await Promise.all([ports.store.room(id), ports.store.revs([id])])
  return facts ? roomShape(facts, revs.get(id) ?? 0) : refuse('not_found', 'There is no such room.')
}
