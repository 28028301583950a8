import type { Broadcast, Message, MessageId, RoomId, RoomRole, UserId } from '@parley/protocol'
import type { SessionId } from '../actor.ts'

import type {
  Account,
  AccountChange,
  ChangeRefused,
  Draft,
  Growth,
  GrowthRefused,
  Membership,
  MessageChange,
  MessagePage,
  PageSize,
  RoomChange,
  RoomFacts,
  RoomOverview,
  Session,
  Standing,
  StoredMessage,
  Summary,
  Ticket,
  Variant,
} from './records.ts'

/**
 * Users, rooms, members, messages and read markers, on disk.
 *
 * Each method is one atomic act: it happens whole or not at all, also when the process dies in it, and what it has
 * answered survives any crash. Acts on one room are in one order, the same for all readers; a read that begins after an
 * act was answered sees it. Every act may be repeated after a crash: a repeat answers as the first did, or says that it
 * was done already, and never does it twice. Where the storage fails (locked, full, read-only, corrupt), a method rejects
 * with {@link Unavailable}, and nothing it was asked for is acknowledged.
 */
export interface Store {
  // Users. A name is taken by an account or bot (never by a guest), whatever its case.

  /** Adds a user and makes it a member of `general`. */
  addUser(account: Account): Promise<'added' | 'taken'>
  user(id: UserId): Promise<Account | undefined>
  /** Those of the ids that exist, in any order. */
  users(ids: readonly UserId[]): Promise<readonly Account[]>
  /** The account or bot of that name, whatever its case. */
  userByName(name: string): Promise<Account | undefined>
  /** Users whose name begins with `prefix`, whatever its case, by folded name. */
  findUsers(prefix: string, limit: number): Promise<readonly Account[]>
  /** Accounts and bots, by id, after one. */
  accounts(page: { readonly after?: UserId; readonly limit: number }): Promise<readonly Account[]>
  /** All bots, webhooks too, by id. There are at most `limits.botsMax`, which the caller sees to. */
  bots(): Promise<readonly Account[]>
  /** Changes a user; a new name that somebody else holds changes nothing. */
  changeUser(id: UserId, change: AccountChange): Promise<Account | 'taken' | undefined>

  // Sessions and tickets.

  addSession(session: Session): Promise<void>
  /** The session, unless it was ended; the caller looks at `expiresAt`. */
  session(id: SessionId): Promise<Session | undefined>
  /** Moves the end of a session that was not ended; says whether it was there. */
  renewSession(id: SessionId, expiresAt: string): Promise<boolean>
  endSession(id: SessionId): Promise<void>
  /** Ends all sessions of a user, but one if so asked; which those were. */
  endSessionsOf(user: UserId, but?: { readonly except: SessionId }): Promise<readonly SessionId[]>
  addTicket(ticket: Ticket): Promise<void>
  /** Takes a ticket: of concurrent calls one gets it, and none gets one whose time is over at `now`. */
  redeemTicket(hash: string, now: string): Promise<Ticket | undefined>

  // Rooms and members.

  /** Makes a room with its first members, or answers the one that has this id. */
  createRoom(room: RoomFacts, members: readonly Membership[]): Promise<{ room: RoomFacts; created: boolean }>
  room(id: RoomId): Promise<RoomFacts | undefined>
  /** What is set for bots is merged with what was set before. */
  changeRoom(id: RoomId, change: RoomChange): Promise<RoomFacts | undefined>
  /** Public rooms by id, after one. */
  publicRooms(page: { readonly after?: RoomId; readonly limit: number }): Promise<readonly RoomFacts[]>
  /** Undefined where there is no such room or no such user. */
  standing(room: RoomId, user: UserId): Promise<Standing | undefined>
  /** All memberships of a user, by joining. */
  memberships(user: UserId): Promise<readonly Membership[]>
  /** Those of the rooms that the user is a member of, in the order asked for. */
  overviews(user: UserId, rooms: readonly RoomId[]): Promise<readonly RoomOverview[]>
  /** Says whether there was none before; a member that is there keeps its role and marker. */
  addMember(membership: Membership): Promise<boolean>
  changeMemberRole(room: RoomId, user: UserId, role: RoomRole): Promise<boolean>
  /** Says whether there was one. */
  removeMember(room: RoomId, user: UserId): Promise<boolean>
  /** Members by user id, after one. */
  members(room: RoomId, page: { readonly after?: UserId; readonly limit: number }): Promise<readonly Membership[]>
  /** Moves a read marker forward, to the room's rev at most. Where it now stands, or undefined when it did not move. */
  moveMarker(room: RoomId, user: UserId, seq: number): Promise<number | undefined>

  // Messages. Every change of a message takes its room's next rev: 1, 2, 3, no gaps, no repeats.

  /**
   * Appends a message: `seq` and `rev` are the room's next, `at` is `draft.at` or one millisecond after the newest
   * message's, whichever is later. An id that its author has used already changes nothing, and is answered with the
   * message as it stands; another author's is a conflict.
   */
  appendMessage(draft: Draft): Promise<{ stored: StoredMessage; repeated: boolean } | 'conflict'>
  /** Changes a message. A change that changes nothing takes no rev, and is answered with the message as it stands. */
  changeMessage(
    room: RoomId,
    id: MessageId,
    change: MessageChange,
  ): Promise<{ stored: StoredMessage; changed: boolean } | ChangeRefused>
  message(room: RoomId, id: MessageId): Promise<StoredMessage | undefined>
  /** Messages whose rev is above `since`, as they now stand, by rev. `rev`: complete up to here. */
  messagesSince(room: RoomId, since: number, size: PageSize): Promise<MessagePage>
  /** The newest messages before a seq, or the oldest after one, ascending by seq. `rev`: the room's. */
  history(
    room: RoomId,
    place: { readonly before?: number; readonly after?: number },
    size: PageSize,
  ): Promise<MessagePage>
  /** The newest rev of each room that exists; 0 where nothing was said. */
  revs(rooms: readonly RoomId[]): Promise<ReadonlyMap<RoomId, number>>

  // Replies that grow. Growing takes no rev; what has grown is in every read that begins after it was answered.

  /** Lengthens a streaming message and renews its lease. Text that is there already adds nothing. */
  growMessage(room: RoomId, id: MessageId, growth: Growth): Promise<StoredMessage | GrowthRefused>
  /**
   * Moves the end of a lease, if that making of the message goes on; with `endedBefore` (ISO 8601), only one that has
   * run out by then, which one of several callers gets. Says whether it did.
   */
  leaseStream(
    room: RoomId,
    id: MessageId,
    lease: { readonly run: number; readonly until: string; readonly endedBefore?: string },
  ): Promise<boolean>
  /** Streaming messages whose lease ended before (ISO 8601), at most 100 of them. */
  orphans(before: string): Promise<readonly { readonly room: RoomId; readonly id: MessageId }[]>
  /** Keeps a variant; one of that index is replaced. */
  keepVariant(room: RoomId, id: MessageId, variant: Variant): Promise<void>
  variant(room: RoomId, id: MessageId, index: number): Promise<Variant | undefined>
  forgetVariants(room: RoomId, id: MessageId): Promise<void>
  summary(room: RoomId): Promise<Summary | undefined>
  /** Keeps a summary in the place of an older one; undefined takes it away. */
  keepSummary(room: RoomId, summary: Summary | undefined): Promise<void>

  // What connection records derive. Times in ISO 8601, both ends included.

  /** The newest message of a user with that origin. */
  latestMessage(user: UserId, origin: string, from: string, until: string): Promise<Message | undefined>
  addBroadcast(broadcast: Broadcast): Promise<void>
  latestBroadcast(from: string, until: string): Promise<Broadcast | undefined>
}

/** The storage did not do what it was asked for; it may do so later. `reason` is for the log, never for a client. */
export class Unavailable extends Error {
  readonly reason: 'locked' | 'full' | 'read-only' | 'corrupt' | 'busy' | 'closed' | 'other'
  constructor(reason: Unavailable['reason'], cause?: unknown) {
    super(`storage is unavailable: ${reason}`, { cause })
    this.name = 'Unavailable'
    this.reason = reason
  }
}
