import type { RoomId, UserId } from '@parley/protocol'
import type { Items } from './items.ts'
import { inRoomKey, wasInRoomKey } from './keys.ts'

/**
 * Who has a row of a room among its own. Each that ever spoke in a room has one, so that what a user said can be looked
 * for; it never loses the last, so that what is known of it stays true. Being a member is having one.
 */
export interface Speakers {
  know(room: RoomId, user: UserId): void
  isKnown(room: RoomId, user: UserId): boolean
}

const knownMax = 10_000

export const openSpeakers = (): Speakers => {
  const known = new Set<string>()
  const nameOf = (room: RoomId, user: UserId) => `${room} ${user}`
  return {
    know(room, user) {
      if (known.size >= knownMax) known.clear()
      known.add(nameOf(room, user))
    },
    isKnown: (room, user) => known.has(nameOf(room, user)),
  }
}

/** Sees to it that who speaks has a row of the room. For a member, which {@link Speakers} knows, it asks nothing. */
export const noteSpeaker = async (
  { items, speakers }: { readonly items: Items; readonly speakers: Speakers },
  room: RoomId,
  user: UserId,
): Promise<void> => {
  if (speakers.isKnown(room, user)) return
  const rows = await items.getMany([inRoomKey(user, room), wasInRoomKey(user, room)])
  if (rows.length === 0) await items.put(wasInRoomKey(user, room))
  speakers.know(room, user)
}
