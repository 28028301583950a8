import type { Actor, Bearer, Chat, Dialect, Refusal } from '@parley/core'
import type { Hono } from 'hono'

/** Who asks, before anybody knows who it is. */
export type Nobody = Extract<Actor, { kind: 'nobody' }>

/** By what a system reaches the engine. */
export interface Reach {
  readonly chat: Pick<Chat, 'execute'>
}

/** Who has opened a socket, and what its connection is to keep. */
export interface Arrival extends Bearer {
  readonly bag?: string
}

/** What a request over HTTP brings with it, by its host. */
export interface Caller {
  readonly nobody: Nobody
  /** Where the sockets of a system are, from where the caller sees this server: `wss://chat.example/compat/rooms`. */
  socket(name: string): string
}

export type Routes = Hono<{ Variables: Caller }>

/** One of the chat systems whose clients are understood here. */
export interface System {
  readonly dialect: Dialect
  /** Lets somebody open a socket, whose address has this query. */
  arrive(reach: Reach, nobody: Nobody, query: URLSearchParams): Promise<Arrival | Refusal>
  /** Adds what its clients ask over HTTP. */
  addRoutes?(routes: Routes, reach: Reach): void
}

/** What the systems are made with. */
export interface Tools {
  /** A UUID that nobody had before. */
  readonly newId: () => string
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** The key of the server, from which that of the tokens of `prompt` is derived. At least 32 bytes. */
  readonly key: Uint8Array
}
