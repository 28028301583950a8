import type { Message, RoomState } from '@parley/client'

/** A message as it is read without a server. */
export interface KeptMessage {
  readonly id: string
  readonly name: string
  readonly text: string
  /** A time like 2026-11-21T04:40:00.000Z. */
  readonly at: string
}

export interface KeptRoom {
  readonly id: string
  readonly title: string
  readonly messages: readonly KeptMessage[]
}

/** What somebody has read in this browser: the room that was looked at last comes first. */
export interface Kept {
  readonly user: string
  readonly rooms: readonly KeptRoom[]
}

const mostRooms = 6
const mostMessages = 50
const longestText = 2_000

const keptMessage = ({ id, from, text, at }: Message): KeptMessage => ({
  id,
  name: from.name,
  text: text.slice(0, longestText),
  at,
})

/** Adds the newest messages of a room to what is kept, in place of what was kept of it. Another user's is dropped. */
export const withRoom = (kept: Kept | undefined, user: string, room: RoomState, title: string): Kept => {
  const others = kept?.user === user ? kept.rooms.filter(({ id }) => id !== room.id) : []
  const messages = room.window.messages.filter(({ text }) => text !== '').slice(-mostMessages)
  return { user, rooms: [{ id: room.id, title, messages: messages.map(keptMessage) }, ...others].slice(0, mostRooms) }
}
