import { isRefusal } from '@parley/core'
import type { TestChat, TestPerson } from '@parley/core/testing'
import type { Member, Message, MyRoom, RoomId } from '@parley/protocol'

/** A room as the server tells it to somebody who asks for everything. */
export interface FreshRoom {
  readonly room: MyRoom
  readonly messages: readonly Message[]
  readonly members: readonly Member[]
}

const done = <T>(answer: T): Exclude<T, { refused: unknown }> => {
  if (isRefusal(answer)) throw new Error(answer.message)
  return answer as Exclude<T, { refused: unknown }>
}

/** What everybody in a room sees of it, also who is not in it if it is public; undefined if it is not for them. */
export const freshMessages = async (
  { chat }: TestChat,
  { actor }: TestPerson,
  room: RoomId,
): Promise<readonly Message[] | undefined> => {
  const page = await chat.execute(actor, { action: 'history', room, limit: 500 })
  return isRefusal(page) ? undefined : page.messages
}

/** All rooms of somebody, with what is in them. */
export const fetchFresh = async (chat: TestChat, person: TestPerson): Promise<readonly FreshRoom[]> => {
  const { rooms } = done(await chat.chat.execute(person.actor, { action: 'list-rooms' }))
  const own = rooms.flatMap((room) => (room.member ? [room] : []))
  return Promise.all(
    own.map(async (room) => ({
      room,
      messages: (await freshMessages(chat, person, room.id)) ?? [],
      members: done(await chat.chat.execute(person.actor, { action: 'members', room: room.id })).members,
    })),
  )
}
