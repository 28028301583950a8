import type { ClientState } from '@parley/client'
import { orderedRooms } from './sidebar.ts'

/** The room after one, or before it, in the order in which they are listed. */
export const neighbour = (state: ClientState, room: string, step: -1 | 1): string => {
  const ids = orderedRooms(state).map(({ id }) => id as string)
  return ids.at((ids.indexOf(room) + step) % ids.length) ?? room
}

/** The next room after one in which something is unread. */
export const nextUnread = (state: ClientState, room: string): string | undefined => {
  const rooms = orderedRooms(state)
  const here = rooms.findIndex(({ id }) => id === room)
  return [...rooms.slice(here + 1), ...rooms.slice(0, Math.max(0, here))].find(({ unread }) => unread > 0)?.id
}
