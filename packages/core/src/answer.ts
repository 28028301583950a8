import type {
  Account,
  Bot,
  Broadcast,
  ConnectionRecord,
  Down,
  Hook,
  Message,
  MyRoom,
  ReplyUsage,
  Room,
  SeenUser,
  Self,
  UsageSum,
} from '@parley/protocol'
import type { Connection, SessionId } from './actor.ts'
import type { BudgetLeft } from './budget.ts'
import type { Command } from './command.ts'
import type { Target } from './ports/connections.ts'
import type { RoomFacts, Account as StoredAccount, StoredMessage, Summary } from './ports/records.ts'

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never
type Frame<T extends Down['type']> = Without<Extract<Down, { type: T }>, 'ref'>

/** What a frame may be answered with when it is not refused; its dialect adds the `ref`. */
export type WireAnswer = Frame<'welcome' | 'ok' | 'pong' | 'message' | 'synced' | 'page' | 'room' | 'members'>

/** A token and whose it is. Times in ISO 8601. */
export interface SignedIn {
  readonly token: string
  readonly expiresAt: string
  readonly user: Self
}

/** Who somebody is: the facts that a connection of theirs would have. */
export type Bearer = Pick<Connection, 'user' | 'session' | 'expiresAt'> & { readonly session: SessionId }

type ListedRoom = (MyRoom & { readonly member: true }) | (Room & { readonly member: false })

/** A link that lets somebody in once. Time in ISO 8601. */
interface Link {
  readonly secret: string
  readonly expiresAt: string
}

/** Where a bot stands that sets about a reply. */
export type ReplyStart =
  /** Nothing is to be done: it has ended, or its prompt is gone. */
  | { readonly state: 'over' }
  /** Somebody else makes it, and may die: it is to be looked at again after that (ISO 8601). */
  | { readonly state: 'busy'; readonly until: string }
  /** It is to be made: `message` is there, streaming, and `run` names this making. */
  | {
      readonly state: 'begun'
      readonly message: Message
      readonly run: number
      readonly prompt: Message
      readonly facts: RoomFacts
      readonly bot: StoredAccount
      readonly asker: StoredAccount
      readonly left: BudgetLeft
    }

/** What each command answers. */
export interface Answers extends Record<Command['action'], unknown> {
  send: Frame<'message'>
  edit: Frame<'message'>
  delete: Frame<'message'>
  react: Frame<'message'>
  sync: Frame<'synced'>
  history: Frame<'page'>
  create: Frame<'room'>
  join: Frame<'room'>
  leave: Frame<'room'>
  invite: Frame<'room'>
  remove: Frame<'room'>
  set: Frame<'room'>
  direct: Frame<'room'>
  members: Frame<'members'>
  read: Frame<'ok'>
  typing: Frame<'ok'>
  rename: Frame<'ok'>
  broadcast: Frame<'ok'> & { readonly broadcast: Broadcast }
  ping: Frame<'pong'>
  'sign-in': SignedIn
  'be-guest': SignedIn
  authenticate: Bearer
  renew: SignedIn
  'sign-out': null
  'make-ticket': { readonly ticket: string; readonly expiresAt: string }
  'redeem-ticket': Bearer
  whoami: Self
  'change-password': null
  'list-rooms': {
    readonly rooms: readonly ListedRoom[]
    readonly more: boolean
  }
  'list-messages': Frame<'page'>
  'find-users': { readonly users: readonly SeenUser[]; readonly more: boolean }
  'list-connections': { readonly connections: readonly ConnectionRecord[]; readonly more: boolean }
  'list-accounts': { readonly accounts: readonly Account[]; readonly more: boolean }
  'add-account': Account
  'change-account': Account
  'see-room': ListedRoom
  'make-password-link': Link
  'use-password-link': SignedIn
  'offer-ownership': Link
  'become-owner': SignedIn
  stop: Frame<'ok'>
  retry: Frame<'ok'>
  variant: Frame<'ok'>
  catchup: Frame<'ok'>
  delta: Frame<'ok'>
  finish: Frame<'message'>
  'list-bots': readonly Bot[]
  'add-bot': Bot
  'change-bot': Bot
  'make-bot-token': { readonly token: string; readonly expiresAt: string }
  'add-assistant': null
  'see-room-bot': { readonly facts: RoomFacts; readonly models: readonly string[] }
  'list-models': { readonly models: readonly string[]; readonly configured: boolean }
  'list-hooks': readonly Hook[]
  'add-hook': { readonly hook: Hook; readonly secret: string }
  'remove-hook': null
  'call-hook': Frame<'message'>
  'list-usage': {
    readonly from: string
    readonly to: string
    readonly usage: readonly UsageSum[]
    readonly budgets: BudgetLeft
  }
  'see-reply-usage': readonly ReplyUsage[]
  'record-usage': null
  'begin-reply': ReplyStart
  'keep-reply': null
  'grow-reply': Frame<'ok'>
  'end-reply': Frame<'message'>
  'begin-catchup': {
    readonly facts: RoomFacts
    readonly asker: StoredAccount
    readonly left: BudgetLeft
  }
  'tell-note': null
  'recall-summary': Summary | null
  'keep-summary': null
  relay: Frame<'message'>
  visit: Bearer & { readonly name: string }
  'visit-room': null
  'go-by': { readonly name: string }
  'read-said': readonly StoredMessage[]
  'list-company': readonly Target[]
  announce: null
  'knows-account': boolean
  resume: Bearer
}
