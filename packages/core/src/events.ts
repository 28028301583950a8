import type { Broadcast, ConnectionId, MessageId, Room, RoomId, User, UserId } from '@parley/protocol'
import type { SessionId } from './actor.ts'
import type { Target } from './ports/connections.ts'
import type { StoredMessage } from './ports/records.ts'

/** What happened. Plain data: it may travel through a queue, come twice, or late. */
export type Event =
  | {
      readonly type: 'message-changed'
      readonly room: RoomId
      readonly stored: StoredMessage
      /** By this change it came to be said, whole: for clients that are told of a message once. */
      readonly said?: true
    }
  | {
      readonly type: 'text-grown'
      readonly room: RoomId
      readonly id: MessageId
      readonly rev: number
      /** UTF-16 units before `text`. */
      readonly at: number
      readonly text: string
    }
  /** A word to one person alone. */
  | {
      readonly type: 'note-told'
      readonly user: UserId
      readonly room: RoomId
      readonly id: MessageId
      readonly text: string
      readonly streaming: boolean
    }
  | { readonly type: 'room-changed'; readonly room: Room }
  /** Somebody came, went or was named admin: told where few are connected. */
  | { readonly type: 'members-changed'; readonly room: Room }
  | { readonly type: 'room-joined'; readonly room: Room; readonly user: UserId }
  | { readonly type: 'room-left'; readonly room: RoomId; readonly user: UserId }
  | { readonly type: 'user-renamed'; readonly user: User; readonly rooms: readonly RoomId[] }
  | {
      readonly type: 'presence-changed'
      readonly user: UserId
      readonly online: boolean
      readonly rooms: readonly RoomId[]
    }
  | { readonly type: 'typed'; readonly room: RoomId; readonly user: UserId }
  | {
      readonly type: 'marker-moved'
      readonly room: RoomId
      readonly user: UserId
      readonly seq: number
      /** Whether all of the room hear it, or the user's own devices only. */
      readonly told: 'room' | 'user'
    }
  | { readonly type: 'broadcast-made'; readonly broadcast: Broadcast }
  /** Something that connections of one dialect have among themselves, as the frame that it is; for one or all of them. */
  | { readonly type: 'company-told'; readonly dialect: string; readonly frame: string; readonly to?: Target }
  /** The last word to one connection; its dialect may have none. */
  | {
      readonly type: 'connection-ended'
      readonly code: number
      readonly message: string
      readonly retry: number | null
    }
  | { readonly type: 'session-ended'; readonly session: SessionId }
  /** `sessions`: those that the ban has ended, whose connections may not have been greeted. */
  | { readonly type: 'user-banned'; readonly user: UserId; readonly sessions: readonly SessionId[] }

/** An event on its way. `skip`: the connection whose answer has told it already. */
export interface Delivery {
  readonly event: Event
  readonly skip?: ConnectionId
}
