import type {
  BotRuns,
  Ended,
  Message,
  MessageId,
  RoomBotChange,
  RoomBotSettings,
  RoomId,
  RoomKind,
  RoomRole,
  ServerRole,
  UserId,
  UserKind,
} from '@parley/protocol'
import type { SessionId } from '../actor.ts'

/** What makes a user a bot. A webhook knows its room and the hash of its secret. */
export interface BotProfile {
  readonly runs: BotRuns
  readonly model?: string
  readonly instructions?: string
  readonly hook?: { readonly room: RoomId; readonly hash: string }
}

/** A user as the server keeps it. Only people with an account have a password hash. */
export interface Account {
  readonly id: UserId
  readonly name: string
  readonly kind: UserKind
  readonly role: ServerRole
  readonly banned: boolean
  /** ISO 8601 */
  readonly createdAt: string
  readonly passwordHash?: string
  readonly bot?: BotProfile
}

/** What of a user can be changed; what is left out stays. */
export type AccountChange = Partial<Pick<Account, 'name' | 'role' | 'banned' | 'passwordHash' | 'bot'>>

/** One signing-in of a user; all tokens and sockets that came of it end with it. Times in ISO 8601. */
export interface Session {
  readonly id: SessionId
  readonly user: UserId
  readonly createdAt: string
  readonly expiresAt: string
}

/** A pass for one socket. Kept by the hash of its secret. */
export interface Ticket {
  readonly hash: string
  readonly user: UserId
  readonly session: SessionId
  readonly expiresAt: string
}

/**
 * The facts of a room, without its counters. `with`: all people of a direct room, `bots` those of them that are bots of
 * this server. `bot`: what was set for its bots, no more.
 */
export interface RoomFacts {
  readonly id: RoomId
  readonly kind: RoomKind
  readonly name: string
  readonly topic: string
  readonly createdAt: string
  readonly createdBy?: UserId
  readonly with?: readonly UserId[]
  readonly bots?: readonly UserId[]
  readonly bot?: Partial<RoomBotSettings>
}

/** What of a room can be changed; what is left out stays, and `null` takes a setting of its bots back. */
export interface RoomChange {
  readonly name?: string
  readonly topic?: string
  readonly bot?: RoomBotChange
}

/** That somebody is in a room, and how. Times in ISO 8601. */
export interface Membership {
  readonly room: RoomId
  readonly user: UserId
  readonly role: RoomRole
  readonly joinedAt: string
  /** The seq of the read marker; 0 before the first. */
  readonly read: number
}

/** A room as one of its members holds it. `unread` counts messages after the marker, up to `limits.unreadMax`. */
export interface RoomOverview {
  readonly facts: RoomFacts
  readonly membership: Membership
  readonly rev: number
  readonly unread: number
}

/** What one user is in one room: all that is needed to say what it may. */
export interface Standing {
  readonly room: RoomFacts
  readonly account: Account
  readonly membership?: Membership
}

/** A message with the opaque bag (at most 2 KB) that the dialect of its sender keeps with it. */
export interface StoredMessage {
  readonly message: Message
  readonly bag?: string
  /** While it is streaming. */
  readonly stream?: Stream
}

/** A reply that somebody is making. Its maker says by the lease (ISO 8601) that it is still there. */
export interface Stream {
  /** The rev at which this making of it began: names it, so that a maker who was given up cannot go on. */
  readonly run: number
  readonly leaseUntil: string
  /** How often its making was begun anew after its maker had died. */
  readonly restarts: number
}

/** One of the replies to a prompt, kept while another is shown. */
export interface Variant {
  readonly index: number
  readonly text: string
  readonly ended?: Ended
  readonly endedBy?: UserId
}

/** What a reply grows by: all text from `at` (UTF-16 units) on. `run` is asked of who shall be the maker of just that. */
export interface Growth {
  readonly at: number
  readonly text: string
  readonly leaseUntil: string
  readonly run?: number
}

/** Why a reply did not grow: no such message; it has ended, or another makes it; text before `at` is missing; it differs. */
export type GrowthRefused = 'missing' | 'ended' | 'gap' | 'different'

/** What is remembered of the older part of a room, up to a seq, as it stood at a rev. */
export interface Summary {
  readonly seq: number
  readonly rev: number
  readonly text: string
}

/** What is asked to be appended. `at` is the earliest time it may get. */
export interface Draft {
  readonly id: MessageId
  readonly room: RoomId
  readonly from: Message['from']
  readonly text: string
  readonly at: string
  readonly replyTo?: MessageId
  /** An opaque mark of where it came from, for {@link Store.latestMessage}. */
  readonly origin?: string
  readonly bag?: string
  /** A reply that is to grow; with the end of its maker's lease. */
  readonly streaming?: { readonly leaseUntil: string }
}

/** What can be done to a message. Times in ISO 8601. */
export type MessageChange =
  | { readonly kind: 'edit'; readonly text: string; readonly at: string }
  | { readonly kind: 'delete'; readonly at: string }
  | { readonly kind: 'react'; readonly user: UserId; readonly emoji: string; readonly on: boolean }
  /** Ends a reply: with this text, or what it has. With `run`, only that making of it. */
  | {
      readonly kind: 'end'
      readonly text?: string
      readonly ended: Ended
      readonly endedBy?: UserId
      readonly run?: number
    }
  /** Empties a reply whose maker has died, for another one to make it. Only that making of it. */
  | { readonly kind: 'restart'; readonly run: number; readonly leaseUntil: string }
  /** Begins another reply in the place of an ended one, which is to be kept as a variant before. */
  | { readonly kind: 'retry'; readonly leaseUntil: string }
  /** Shows another variant in the place of the one that is shown, which is to be kept before. */
  | { readonly kind: 'show'; readonly variant: Variant }

/**
 * Why a change was not made: no such message; it is deleted; it holds as many reactions, or variants, as it may; it is
 * streaming; it is not, or another makes it.
 */
export type ChangeRefused = 'missing' | 'deleted' | 'full' | 'streaming' | 'ended'

/** How much a read may bring: it ends at whichever is reached first, but never with nothing while there is more. */
export interface PageSize {
  readonly limit: number
  /** Bytes of the messages as JSON in UTF-8. */
  readonly bytes: number
}

/** Some messages, in the order that was asked for. What `rev` stands for the method says; `more`: there are others. */
export interface MessagePage {
  readonly messages: readonly StoredMessage[]
  readonly rev: number
  readonly more: boolean
}
