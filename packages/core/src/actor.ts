import type { ConnectionId, UserId } from '@parley/protocol'

declare const sessionId: unique symbol
/** A UUID that names one signing-in. */
export type SessionId = string & { readonly [sessionId]: true }

/** The fixed facts of a connection, settled when it was opened; its host hands them over with every frame. */
export interface Connection {
  readonly id: ConnectionId
  readonly user: UserId
  readonly session: SessionId
  readonly dialect: string
  /** When the session ends, ISO 8601. */
  readonly expiresAt: string
  /** What its dialect noted of it when it was opened; opaque, at most 2 KB. */
  readonly bag?: string
}

/** Who wants something. */
export type Actor =
  /** Somebody who has signed in. `origin` is an opaque mark kept with what it sends. */
  | { readonly kind: 'user'; readonly user: UserId; readonly session: SessionId; readonly origin?: string }
  /** Somebody who has not, at an address; `mayBeGuest` is for the host to say. */
  | { readonly kind: 'nobody'; readonly address: string; readonly mayBeGuest: boolean }
  /** A bot of this server at work: as itself, or looking at what its asker may see. */
  | { readonly kind: 'service'; readonly user: UserId }
  /** Whoever runs the server. */
  | { readonly kind: 'system' }
