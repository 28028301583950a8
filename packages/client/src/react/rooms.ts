import type { UserId } from '@parley/protocol'
import { useEffect, useState } from 'react'
import type { ClientState, RoomMember, RoomState } from '../state/state.ts'
import { type Compare, isSameList, nothing, useClient, useParley } from './provider.ts'

/** A room in a list of rooms. */
export interface RoomOverview {
  readonly facts: RoomState['facts']
  readonly unread: number
}

/** Lists rooms with the same object for a room as long as nothing that it shows is another. */
const roomLister = (): ((rooms: ClientState['rooms']) => readonly RoomOverview[]) => {
  let known = new Map<string, RoomOverview>()
  let last: { readonly rooms: ClientState['rooms']; readonly list: readonly RoomOverview[] } | undefined
  const overview = ({ id, facts, unread }: RoomState): RoomOverview => {
    const held = known.get(id)
    return held?.facts === facts && held.unread === unread ? held : { facts, unread }
  }
  return (rooms) => {
    if (last?.rooms === rooms) return last.list
    const list = [...rooms.values()].map(overview)
    known = new Map(list.map((room) => [room.facts.id, room]))
    last = { rooms, list }
    return list
  }
}

/** One's rooms in the order of joining. A room is the same object until its facts or its unread count change. */
export const useRooms = (): readonly RoomOverview[] => {
  const [list] = useState(roomLister)
  return useParley(({ rooms }) => list(rooms), isSameList)
}

/** What a room is: its name, topic and kind. Undefined if one is not in it. */
export const useRoom = (room: string): RoomState['facts'] | undefined =>
  useParley(({ rooms }) => rooms.get(room)?.facts)

/** Messages after the own read marker, 99 at most. */
export const useUnread = (room: string): number => useParley(({ rooms }) => rooms.get(room)?.unread ?? 0)

/** How far one has read, as a seq. */
export const useRead = (room: string): number => useParley(({ rooms }) => rooms.get(room)?.read ?? 0)

const nobody: ReadonlyMap<string, number> = new Map()

/** How far others have read, as seqs by user id, as far as it was told. */
export const useReadBy = (room: string): ReadonlyMap<string, number> =>
  useParley(({ rooms }) => rooms.get(room)?.readBy ?? nobody)

/** The ids of who is writing in a room. */
export const useTyping = (room: string): readonly UserId[] =>
  useParley(({ rooms }) => rooms.get(room)?.typing ?? nothing, isSameList)

const isSameMembers: Compare<readonly RoomMember[] | undefined> = (one, other) =>
  one === other ||
  (one !== undefined && other !== undefined && isSameList(one, other, (a, b) => a.id === b.id && a.role === b.role))

/** Who is in a room, by user id; undefined before it was told. It is kept up to date while this is mounted. */
export const useMembers = (room: string): readonly RoomMember[] | undefined => {
  const client = useClient()
  useEffect(() => client.watchMembers(room), [client, room])
  return useParley(({ rooms }) => rooms.get(room)?.members, isSameMembers)
}
