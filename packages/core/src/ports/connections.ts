import type { ConnectionId, RoomId, UserId } from '@parley/protocol'
import type { Connection, SessionId } from '../actor.ts'

/** Who is to be reached. */
export interface Target {
  readonly id: ConnectionId
  readonly user: UserId
  readonly dialect: string
  /** What its dialect keeps with it; opaque, at most 2 KB. */
  readonly bag?: string
}

/** What a connection leaves behind. `last`: its user has no other that was greeted. */
export interface Departure extends Omit<Target, 'id'> {
  readonly greeted: boolean
  readonly last: boolean
}

/** The record of a connection, kept after its end. Times in ISO 8601. */
export interface ConnectionEntry {
  readonly id: ConnectionId
  readonly user: UserId
  readonly dialect: string
  readonly connectedAt: string
  readonly disconnectedAt?: string
}

/**
 * Who is connected, and which rooms each connection hears. What it hears may also be something that is no room, under an
 * id that no room has, as those of one dialect do.
 *
 * A connection is opened once, greeted once, and closed once or more often; after it is closed or its lease has run out
 * it is nowhere but in the records. A connection that is not greeted is reached by nobody. `enter`, `join` and `leave`
 * that have been answered hold for every later `inRoom`. A process that dies leaves its connections to run out by their leases.
 * The targets that are answered are to be read at once, before anything else is awaited: they may be the living sets.
 */
export interface Connections {
  /**
   * Registers a connection. Its lease ends at `leaseUntil` (ISO 8601) unless renewed. False, and nothing is open, where its
   * user would have more than `atMost` open, also of many that come at once; left out: any number.
   */
  open(connection: Connection, at: string, leaseUntil: string, atMost?: number): Promise<boolean>
  /** Lets a connection hear its user's events, everybody's, and these rooms'. `first`: its user had none that was greeted. */
  enter(id: ConnectionId, rooms: readonly RoomId[]): Promise<{ readonly first: boolean }>
  /** Where a connection stands; undefined when it was closed, or its lease ran out. */
  state(id: ConnectionId): Promise<'open' | 'greeted' | undefined>
  renew(id: ConnectionId, leaseUntil: string): Promise<void>
  /** Replaces the bag of a connection that is open: every target that is answered from now on has it. */
  keepBag(id: ConnectionId, bag: string): Promise<void>
  /** The bag of a connection that is open and has one. */
  bag(id: ConnectionId): Promise<string | undefined>
  /** Ends a connection; undefined when it was ended before. */
  close(id: ConnectionId, at: string): Promise<Departure | undefined>
  /** Lets every open connection of a user hear a room, or no longer. */
  join(user: UserId, room: RoomId): Promise<void>
  leave(user: UserId, room: RoomId): Promise<void>
  /** The greeted connections that hear a room; with `atMost`, none at all when they are more than that. */
  inRoom(room: RoomId, atMost?: number): Promise<Iterable<Target>>
  ofUser(user: UserId): Promise<Iterable<Target>>
  /** Also those that were not greeted: a session's end closes them too. */
  ofSession(session: SessionId): Promise<Iterable<Target>>
  all(): Promise<Iterable<Target>>
  /** Those of the users who have a greeted connection. */
  online(users: readonly UserId[]): Promise<ReadonlySet<UserId>>
  /** Connections whose lease ended before `now`. */
  expired(now: string): Promise<readonly ConnectionId[]>
  /** Records, the newest connection first, after one. */
  records(page: { readonly after?: ConnectionId; readonly limit: number }): Promise<readonly ConnectionEntry[]>
}
