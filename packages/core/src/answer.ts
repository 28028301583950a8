import type { Account, Broadcast, ConnectionRecord, Down, MyRoom, Room, SeenUser, Self } from '@parley/protocol'
import type { Connection, SessionId } from './actor.ts'
import type { Command } from './command.ts'

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never
type Frame<T extends Down['type']> = Without<Extract<Down, { type: T }>, 'ref'>

export type WireAnswer = Frame<'welcome' | 'ok' | 'pong' | 'message' | 'synced' | 'page' | 'room' | 'members'>

/** A token and whose it is. Times in ISO 8601. */
export interface SignedIn {
  readonly token: string
  readonly expiresAt: string
  readonly user: Self
}

/** Who somebody is: the facts that a connection of theirs would have. */
export type Bearer = Pick<Connection, 'user' | 'session' | 'expiresAt'> & { readonly session: SessionId }

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
    readonly rooms: readonly ((MyRoom & { readonly member: true }) | (Room & { readonly member: false }))[]
    readonly more: boolean
  }
  'list-messages': Frame<'page'>
  'find-users': { readonly users: readonly SeenUser[]; readonly more: boolean }
  'list-connections': { readonly connections: readonly ConnectionRecord[]; readonly more: boolean }
  'list-accounts': { readonly accounts: readonly Account[]; readonly more: boolean }
  'add-account': Account
  'change-account': Account
}
