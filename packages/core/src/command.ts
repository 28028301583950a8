import type {
  BotRuns,
  ConnectionId,
  Ended,
  MessageId,
  ModelParameters,
  RoomId,
  ServerRole,
  Up,
  UserId,
} from '@parley/protocol'
import type { SessionId } from './actor.ts'
import type { Usage } from './ports/ledger.ts'
import type { Summary } from './ports/records.ts'

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never

/** What a client may ask for over its socket. */
export type WireCommand = Without<Up, 'ref'>

/** `send` for clients of other chat systems, by their dialects. */
export interface Relay {
  readonly action: 'relay'
  readonly room: RoomId
  readonly id: MessageId
  readonly text: string
  /** What the dialect keeps with the message; opaque, at most 2 KB. A bot's reply to it gets the same. */
  readonly bag?: string
  /** The one bot that shall answer, whatever the text says, and how. */
  readonly asks?: {
    readonly bot: UserId
    /** A name that no model has stands for the default one. */
    readonly model?: string
    readonly parameters?: ModelParameters
  }
}

/** What else the dialects of other chat systems need. */
type DialectCommand =
  | Relay
  /** A guest as whom a client talks. With a `key`, always the same one for it, and without a session of its own. */
  | { readonly action: 'visit'; readonly name: string; readonly key?: string }
  /** A public room, made if there is none. */
  | { readonly action: 'visit-room'; readonly room: RoomId }
  /** Takes a name, or one like it where that is another's. */
  | { readonly action: 'go-by'; readonly name: string }
  /** The newest messages of a public room with their bags, the oldest first; none where there is no such room. */
  | { readonly action: 'read-said'; readonly room: RoomId }
  /** The connections of a dialect that hear a room. */
  | { readonly action: 'list-company'; readonly dialect: string; readonly room: RoomId }
  /** A broadcast of somebody who has not signed in. */
  | { readonly action: 'announce'; readonly name: string; readonly text: string }
  | { readonly action: 'knows-account'; readonly name: string }
  /** Says who comes with a session that the dialect has vouched for. */
  | { readonly action: 'resume'; readonly session: SessionId }

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
  | { readonly action: 'see-room'; readonly room: RoomId }
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
  | { readonly action: 'make-password-link'; readonly user: UserId }
  | { readonly action: 'use-password-link'; readonly secret: string; readonly password: string }
  | { readonly action: 'offer-ownership' }
  | { readonly action: 'become-owner'; readonly secret: string; readonly name: string; readonly password: string }
  | BotCommand
  | DialectCommand

/** What is asked about bots by those who run them, and by the bots of this server themselves. */
type BotCommand =
  | { readonly action: 'list-bots' }
  | {
      readonly action: 'add-bot'
      readonly name: string
      readonly runs: Exclude<BotRuns, 'hook'>
      readonly model?: string | undefined
      readonly instructions?: string | undefined
    }
  | {
      readonly action: 'change-bot'
      readonly user: UserId
      readonly name?: string | undefined
      readonly model?: string | null | undefined
      readonly instructions?: string | null | undefined
      readonly banned?: boolean | undefined
    }
  | { readonly action: 'make-bot-token'; readonly user: UserId }
  | { readonly action: 'add-assistant' }
  | { readonly action: 'see-room-bot'; readonly room: RoomId }
  | { readonly action: 'list-models' }
  | { readonly action: 'list-hooks' }
  | { readonly action: 'add-hook'; readonly room: RoomId; readonly name: string }
  | { readonly action: 'remove-hook'; readonly user: UserId }
  | { readonly action: 'call-hook'; readonly secret: string; readonly text: string }
  | { readonly action: 'list-usage'; readonly from?: string | undefined; readonly to?: string | undefined }
  | { readonly action: 'see-reply-usage'; readonly room: RoomId; readonly message: MessageId }
  | { readonly action: 'record-usage'; readonly usage: Usage }
  | {
      readonly action: 'begin-reply'
      readonly room: RoomId
      readonly prompt: MessageId
      readonly asker: UserId
      readonly run?: number | undefined
    }
  | { readonly action: 'keep-reply'; readonly room: RoomId; readonly id: MessageId; readonly run: number }
  | {
      readonly action: 'grow-reply'
      readonly room: RoomId
      readonly id: MessageId
      readonly run: number
      readonly at: number
      readonly text: string
    }
  | {
      readonly action: 'end-reply'
      readonly room: RoomId
      readonly id: MessageId
      readonly run: number
      readonly text?: string | undefined
      readonly ended: Ended
    }
  | { readonly action: 'begin-catchup'; readonly room: RoomId }
  | {
      readonly action: 'tell-note'
      readonly user: UserId
      readonly room: RoomId
      readonly id: MessageId
      readonly text: string
      readonly streaming: boolean
    }
  | { readonly action: 'recall-summary'; readonly room: RoomId }
  | { readonly action: 'keep-summary'; readonly room: RoomId; readonly summary: Summary | null }

/** What an account may be on the server; guests have none. */
export type AccountRole = Exclude<ServerRole, 'guest'>

/** `hello` is not one: it is about the connection, see `greet.ts`. */
export type Command = Exclude<WireCommand, { action: 'hello' }> | InnerCommand
/** The command of one action. */
export type CommandOf<A extends Command['action']> = Extract<Command, { action: A }>
