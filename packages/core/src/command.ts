import type { ConnectionId, RoomId, ServerRole, Up, UserId } from '@parley/protocol'

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never

/** What a client may ask for over its socket. */
export type WireCommand = Without<Up, 'ref'>

/** What is asked for by other ways: the HTTP API, the command line, a host that lets somebody in. */
type InnerCommand =
  | { readonly action: 'sign-in'; readonly username: string; readonly password: string }
  | { readonly action: 'be-guest'; readonly name: string }
  /** Says who bears a token. */
  | { readonly action: 'authenticate'; readonly token: string }
  /** A new token for one that may have expired, while its session lasts. */
  | { readonly action: 'renew'; readonly token: string }
  | { readonly action: 'sign-out' }
  | { readonly action: 'make-ticket' }
  /** Says who comes with a ticket, once. */
  | { readonly action: 'redeem-ticket'; readonly ticket: string }
  | { readonly action: 'whoami' }
  | { readonly action: 'change-password'; readonly current: string; readonly password: string }
  | { readonly action: 'list-rooms'; readonly after?: RoomId | undefined }
  | {
      readonly action: 'list-messages'
      readonly room: RoomId
      readonly before?: number | undefined
      readonly after?: number | undefined
      readonly limit?: number | undefined
    }
  | { readonly action: 'find-users'; readonly prefix: string }
  | { readonly action: 'list-connections'; readonly after?: ConnectionId | undefined }
  | { readonly action: 'list-accounts'; readonly after?: UserId | undefined }
  | { readonly action: 'add-account'; readonly name: string; readonly password: string; readonly role: AccountRole }
  | {
      readonly action: 'change-account'
      /** By id, or by name. */
      readonly user: UserId | { readonly name: string }
      readonly role?: AccountRole | undefined
      readonly banned?: boolean | undefined
      readonly password?: string | undefined
    }

export type AccountRole = Exclude<ServerRole, 'guest'>

/** `hello` is not one: it is about the connection, see `greet.ts`. */
export type Command = Exclude<WireCommand, { action: 'hello' }> | InnerCommand
export type CommandOf<A extends Command['action']> = Extract<Command, { action: A }>
