import type { MessageId, Room, RoomId, RoomRole, Self, User, UserId } from '@parley/protocol'
import type { ParleyError } from '../errors.ts'
import type { Window } from './window.ts'

/** How things stand with the server. Times in milliseconds since 1970. */
export type ConnectionState =
  /** Not started, or stopped. */
  | { readonly status: 'idle' }
  | { readonly status: 'connecting'; readonly attempt: number }
  | { readonly status: 'online' }
  /** Lost, and to be tried again. */
  | { readonly status: 'waiting'; readonly attempt: number; readonly retryAt: number; readonly reason: ParleyError }
  /** Over, until somebody signs in again. */
  | { readonly status: 'ended'; readonly reason: ParleyError }

/** A message on its way to the server, or one that did not get there. */
export interface Outgoing {
  readonly id: MessageId
  readonly room: RoomId
  readonly text: string
  readonly replyTo?: MessageId
  /** When it was written, in milliseconds since 1970; unique and rising, so it is their order too. */
  readonly writtenAt: number
  /** Why it will not be sent by itself any more; without it the message is pending. */
  readonly failed?: ParleyError
}

/** What a bot says to oneself alone; the server does not keep it. */
export interface Note {
  readonly id: MessageId
  readonly room: RoomId
  readonly text: string
  /** There is more to come. */
  readonly isGrowing: boolean
}

/** What the server said of the own marker and of what came after it, when the room was at `rev`. */
export interface Count {
  readonly rev: number
  readonly read: number
  readonly unread: number
}

/** Who is in a room, and as what. */
export interface RoomMember {
  readonly id: UserId
  readonly role: RoomRole
}

/** A room of one's own, as far as it is known here. */
export interface RoomState {
  readonly id: RoomId
  readonly facts: Omit<Room, 'rev'>
  readonly window: Window
  /** Undefined while it was not told. */
  readonly count: Count | undefined
  /** The own marker by the server's word. */
  readonly marker: number
  /** Where the own marker is to go; 0 when it is where it should be. */
  readonly wanted: number
  /** How far one has read: the later of these two. */
  readonly read: number
  /** Messages after `read`, own and deleted ones included, 99 at most. */
  readonly unread: number
  /** Whether `unread` follows from what is held; else the server is asked. */
  readonly isCounted: boolean
  /** How far others have read, by user id, as far as it was told. */
  readonly readBy: ReadonlyMap<string, number>
  /** The ids of who is writing. */
  readonly typing: readonly UserId[]
  /** By user id. Undefined while nobody asked. */
  readonly members: readonly RoomMember[] | undefined
  /** Goes up with each word of the server about the room's facts, which comes as well when its members change. */
  readonly told: number
}

/** Why a room has to be asked for. */
export interface Doubt {
  readonly number: number
  /** One came into the room when it was at this rev: what was said since is new. */
  readonly since?: number
}

/** All that a client knows. Never changed, always replaced: what is the same object is the same. */
export interface ClientState {
  readonly connection: ConnectionState
  readonly me: Self | undefined
  /** By id, in the order of joining. */
  readonly rooms: ReadonlyMap<string, RoomState>
  /** Whose name is known, by id. */
  readonly people: ReadonlyMap<string, User>
  /** Who is known to be connected or not, by user id. */
  readonly online: ReadonlyMap<string, boolean>
  /** When a frame last told of a user, by id: a list that was asked for before may be older. Milliseconds since 1970. */
  readonly news: ReadonlyMap<string, number>
  /** By room, in the order of writing. A room without any is not in it. */
  readonly outbox: ReadonlyMap<string, readonly Outgoing[]>
  /** By room, in the order of coming. A room without any is not in it. */
  readonly notes: ReadonlyMap<string, readonly Note[]>
  /** The ids of notes that were put away. */
  readonly dismissed: ReadonlySet<string>
  /** Rooms that somebody looks at: of others only the newest messages are held. */
  readonly opened: ReadonlySet<string>
  /** `welcome` had no place for all rooms. */
  readonly isPartial: boolean
  /** Rooms of which it is not certain whether they are one's own. */
  readonly doubts: ReadonlyMap<string, Doubt>
  /** How many doubts there have been: no two have the same number, so no old answer is taken for one to a new doubt. */
  readonly doubtCount: number
}

export const emptyState: ClientState = {
  connection: { status: 'idle' },
  me: undefined,
  rooms: new Map(),
  people: new Map(),
  online: new Map(),
  news: new Map(),
  outbox: new Map(),
  notes: new Map(),
  dismissed: new Set(),
  opened: new Set(),
  isPartial: false,
  doubts: new Map(),
  doubtCount: 0,
}

/** The state of who knows nothing any more of what the server told. */
export const forgotten = ({ connection, outbox, opened, doubtCount }: ClientState): ClientState => ({
  ...emptyState,
  connection,
  outbox,
  opened,
  doubtCount,
})

/** A copy of a map with one entry changed; undefined takes it out. */
export const withEntry = <K, V>(map: ReadonlyMap<K, V>, key: K, value: V | undefined): ReadonlyMap<K, V> => {
  const copy = new Map(map)
  if (value === undefined) copy.delete(key)
  else copy.set(key, value)
  return copy
}

/** The state with one room changed; as it was if it is not held, or if nothing changed. */
export const changeRoom = (state: ClientState, id: string, change: (room: RoomState) => RoomState): ClientState => {
  const room = state.rooms.get(id)
  if (!room) return state
  const changed = change(room)
  return changed === room ? state : { ...state, rooms: withEntry(state.rooms, id, changed) }
}

export const dropRoom = (state: ClientState, id: string): ClientState =>
  state.rooms.has(id) ? { ...state, rooms: withEntry(state.rooms, id, undefined) } : state

/**
 * It has to be asked whether a room is one's own, and where its marker stands.
 * @param since where the room stood when one came into it, if that is what is in doubt
 */
export const doubt = (state: ClientState, id: string, since?: number): ClientState => {
  const number = state.doubtCount + 1
  const entry = since === undefined ? { number } : { number, since }
  return { ...state, doubts: withEntry(state.doubts, id, entry), doubtCount: number }
}
