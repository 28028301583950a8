import type { ListedRoom } from '../list-rooms.ts'

/** How a room stands to oneself: what is unread there, or that one is not in it. */
export const standingOf = (room: ListedRoom): string => {
  if (!room.member) return 'not joined'
  if (room.unread === 0) return ''
  return room.unread >= 99 ? '99+ unread' : `${room.unread} unread`
}
