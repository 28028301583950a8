import type { Message, MessageId } from '@parley/protocol'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { firstPage } from '../needs.ts'
import type { Note, Outgoing, RoomState } from '../state/state.ts'
import { heldById } from '../state/window.ts'
import { type Compare, isSameList, nothing, useClient, useParley } from './provider.ts'

type Messages = RoomState['window']['messages']

/** What there is of a room's messages besides those that are held. */
export interface RoomHistory {
  /** The first page is not complete yet. */
  readonly isLoading: boolean
  /** There are older ones, which `older` fetches. */
  readonly hasOlder: boolean
  /** Fetches a page of older messages; answers whether there are still older ones. @throws ParleyError */
  readonly older: () => Promise<boolean>
}

/** The messages that are held of a room, and whether there are older ones. */
export interface RoomMessages extends RoomHistory {
  /** By seq: all of them from a certain one on. The same list until one of them changes. */
  readonly messages: Messages
}

const startOf = (room: RoomState | undefined): number => room?.window.start ?? 1
const heldIn = (room: RoomState | undefined): Messages => room?.window.messages ?? nothing

/** How far back a room's messages are held. The room is open, and so they are fetched and held, while this is mounted. */
export const useHistory = (room: string): RoomHistory => {
  const client = useClient()
  useEffect(() => client.open(room), [client, room])
  const older = useCallback(() => client.older(room), [client, room])
  const hasOlder = useParley(({ rooms }) => startOf(rooms.get(room)) > 0)
  const isShort = useParley(({ rooms }) => heldIn(rooms.get(room)).length < firstPage)
  return { isLoading: hasOlder && isShort, hasOlder, older }
}

/** A room's messages, and how far back they are held. The room is open while this is mounted. */
export const useMessages = (room: string): RoomMessages => {
  const history = useHistory(room)
  return { messages: useParley(({ rooms }) => heldIn(rooms.get(room))), ...history }
}

const isSameIds: Compare<Messages> = (one, other) => isSameList(one, other, (a, b) => a.id === b.id)

/** The ids of the held messages of a room, by seq: the same list until one comes or goes, not when one changes. */
export const useMessageIds = (room: string): readonly MessageId[] => {
  const messages = useParley(({ rooms }) => heldIn(rooms.get(room)), isSameIds)
  return useMemo(() => messages.map(({ id }) => id), [messages])
}

/** Finds a message, and looks for it again only when something in its room has changed. */
const messageFinder = () => {
  let last:
    | { readonly window: RoomState['window']; readonly id: string; readonly found: Message | undefined }
    | undefined
  return (window: RoomState['window'] | undefined, id: string): Message | undefined => {
    if (!window) return undefined
    if (last?.window !== window || last.id !== id) last = { window, id, found: heldById(window, id) }
    return last.found
  }
}

/** One held message of a room. Renders when this one changes, and so with each piece of a reply that grows. */
export const useMessage = (room: string, id: string): Message | undefined => {
  const [find] = useState(messageFinder)
  return useParley(({ rooms }) => find(rooms.get(room)?.window, id))
}

/** What bots said in a room to oneself alone, in the order of coming; `client.dismiss` puts one away. */
export const useNotes = (room: string): readonly Note[] => useParley(({ notes }) => notes.get(room) ?? nothing)

/** What one has written in a room that is not stored yet, in the order of writing; `failed` says what will not be. */
export const useOutbox = (room: string): readonly Outgoing[] => useParley(({ outbox }) => outbox.get(room) ?? nothing)
