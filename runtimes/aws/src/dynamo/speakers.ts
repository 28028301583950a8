import type { RoomId, UserId } from '@parley/protocol'
import type { Items } from './items.ts'
import { hintKey } from './keys.ts'

/**
 * Who is known to have a hint of a room: every member has, and whoever has spoken there, so that what a user said can be
 * looked for. A hint is never taken away, so what was known once stays true.
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

/** Sees to it that who speaks has a hint of the room. For a member who was just asked for it asks nothing. */
export const noteSpeaker = async (
  { items, speakers }: { readonly items: Items; readonly speakers: Speakers },
  room: RoomId,
  user: UserId,
): Promise<void> => {
  if (speakers.isKnown(room, user)) return
  const key = hintKey(user, room)
  if (!(await items.get(key))) await items.put(key)
  speakers.know(room, user)
}
