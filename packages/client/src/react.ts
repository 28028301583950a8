import type { Message, MessageId, Self, User, UserId } from '@parley/protocol'
import {
  createContext,
  createElement,
  type ReactElement,
  type ReactNode,
  use,
  useCallback,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import type { Client } from './client.ts'
import { firstPage } from './needs.ts'
import type { EventName, Events } from './state/events.ts'
import type { ClientState, ConnectionState, Note, Outgoing, RoomMember, RoomState } from './state/state.ts'
import { heldById } from './state/window.ts'

const ClientContext = createContext<Client | undefined>(undefined)

export interface ParleyProviderProps {
  readonly client: Client
  readonly children?: ReactNode
}

/** Gives a client to all hooks below. Starting and stopping it is left to who made it. */
export const ParleyProvider = ({ client, children }: ParleyProviderProps): ReactElement =>
  createElement(ClientContext, { value: client }, children)

/** The client itself, for all that one can do. @throws Error outside a `ParleyProvider` */
export const useClient = (): Client => {
  const client = use(ClientContext)
  if (!client) throw new Error('Hooks of Parley are used inside a <ParleyProvider client={...}>.')
  return client
}

type Compare<T> = (one: T, other: T) => boolean

/**
 * What a function picks of the state. Renders only when it picks something else, by `isSame`: what did not change in the
 * state is the same object, so picking needs no `isSame`, and making a new object or list does.
 */
export const useParley = <T>(pick: (state: ClientState) => T, isSame: Compare<T> = Object.is): T => {
  const client = useClient()
  const shown = useRef<{ readonly value: T } | undefined>(undefined)
  let kept = shown.current
  const snapshot = (): T => {
    const value = pick(client.state)
    if (!kept || !isSame(kept.value, value)) kept = { value }
    return kept.value
  }
  const value = useSyncExternalStore(client.subscribe, snapshot, snapshot)
  useEffect(() => {
    shown.current = { value }
  }, [value])
  return value
}

/** Calls the listener of the last render with each event of a name, while mounted. */
export const useEvent = <N extends EventName>(name: N, listener: (event: Events[N]) => void): void => {
  const client = useClient()
  const heard = useEffectEvent(listener)
  useEffect(() => client.on(name, (event) => heard(event)), [client, name])
}

/** How things stand with the server. */
export const useConnection = (): ConnectionState => useParley(({ connection }) => connection)

/** Who one is; undefined before the first greeting. */
export const useMe = (): Self | undefined => useParley(({ me }) => me)

/** A room in a list of rooms. */
export interface RoomOverview {
  readonly facts: RoomState['facts']
  readonly unread: number
}

const isSameList = <T>(one: readonly T[], other: readonly T[], isSame: Compare<T> = Object.is): boolean =>
  one === other || (one.length === other.length && one.every((entry, place) => isSame(entry, other[place] as T)))

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

export interface RoomMessages {
  /** By seq: all of them from a certain one on. The same list until one of them changes. */
  readonly messages: RoomState['window']['messages']
  /** The first page is not complete yet. */
  readonly isLoading: boolean
  /** There are older ones, which `older` fetches. */
  readonly hasOlder: boolean
  /** Fetches a page of older messages; answers whether there are still older ones. @throws ParleyError */
  readonly older: () => Promise<boolean>
}

type Listed = Omit<RoomMessages, 'older'>

const nothing: readonly never[] = []

const listed = (room: RoomState | undefined): Listed => {
  const { messages, start } = room?.window ?? { messages: nothing, start: 1 }
  return { messages, isLoading: start > 0 && messages.length < firstPage, hasOlder: start > 0 }
}

const isSameListed: Compare<Listed> = (one, other) =>
  one.messages === other.messages && one.isLoading === other.isLoading && one.hasOlder === other.hasOlder

/** A room's messages. The room is open, and so its messages are fetched and held, while this is mounted. */
export const useMessages = (room: string): RoomMessages => {
  const client = useClient()
  useEffect(() => client.open(room), [client, room])
  const older = useCallback(() => client.older(room), [client, room])
  return { ...useParley(({ rooms }) => listed(rooms.get(room)), isSameListed), older }
}

/** The ids of the held messages of a room, by seq: the same list until one comes or goes, not when one changes. */
export const useMessageIds = (room: string): readonly MessageId[] =>
  useParley(({ rooms }) => rooms.get(room)?.window.messages.map(({ id }) => id) ?? nothing, isSameList)

/** One held message of a room. Renders when this one changes, and so with each piece of a reply that grows. */
export const useMessage = (room: string, id: string): Message | undefined =>
  useParley(({ rooms }) => {
    const held = rooms.get(room)
    return held && heldById(held.window, id)
  })

/** What bots said in a room to oneself alone, in the order of coming; `client.dismiss` puts one away. */
export const useNotes = (room: string): readonly Note[] => useParley(({ notes }) => notes.get(room) ?? nothing)

/** What one has written in a room that is not stored yet, in the order of writing; `failed` says what will not be. */
export const useOutbox = (room: string): readonly Outgoing[] => useParley(({ outbox }) => outbox.get(room) ?? nothing)

/** The ids of who is writing in a room. */
export const useTyping = (room: string): readonly UserId[] =>
  useParley(({ rooms }) => rooms.get(room)?.typing ?? nothing, isSameList)

/** Whose name is known, by id. Renders for each change of anybody; `useUser` for one's own only. */
export const usePeople = (): ReadonlyMap<string, User> => useParley(({ people }) => people)

/** Somebody, if their name is known. */
export const useUser = (user: string): User | undefined => useParley(({ people }) => people.get(user))

/** Whether somebody is connected; undefined if it is not known. */
export const usePresence = (user: string): boolean | undefined => useParley(({ online }) => online.get(user))

const isSameMembers: Compare<readonly RoomMember[] | undefined> = (one, other) =>
  one === other ||
  (one !== undefined && other !== undefined && isSameList(one, other, (a, b) => a.id === b.id && a.role === b.role))

/** Who is in a room, by user id; undefined before it was told. It is kept up to date while this is mounted. */
export const useMembers = (room: string): readonly RoomMember[] | undefined => {
  const client = useClient()
  useEffect(() => client.watchMembers(room), [client, room])
  return useParley(({ rooms }) => rooms.get(room)?.members, isSameMembers)
}
