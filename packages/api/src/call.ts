import type { Actor, Refusal } from '@parley/core'
import {
  type EndpointBody,
  type EndpointName,
  type EndpointQuery,
  type EndpointResponse,
  type endpoints,
  MessageId,
  RoomId,
  UserId,
} from '@parley/protocol'
import { z } from 'zod'

/** What stands for `{room}` and the like in a path. */
export const pathWords = { room: RoomId, user: UserId, message: MessageId, secret: z.string().min(1).max(200) } as const
export type PathWord = keyof typeof pathWords

type PathValues = { readonly [W in PathWord]: z.infer<(typeof pathWords)[W]> }
type WordsOf<N extends string> = N extends `${string}{${infer W}}${infer Rest}`
  ? Extract<W, PathWord> | WordsOf<Rest>
  : never

/** A request of one end point, checked. */
export interface Call<N extends EndpointName> {
  readonly actor: Actor
  /** The bearer's token as it came. */
  readonly token: (typeof endpoints)[N]['auth'] extends 'none' ? undefined : string
  readonly path: Pick<PathValues, WordsOf<N>>
  readonly query: EndpointQuery<N>
  readonly body: EndpointBody<N>
}

type Unchanging<T> = { readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? readonly E[] : T[K] }

/** What an end point answers; null where it answers nothing. */
export type Answer<N extends EndpointName> =
  EndpointResponse<N> extends undefined ? null : Unchanging<EndpointResponse<N>>

export type Handle<N extends EndpointName> = (call: Call<N>) => Promise<Answer<N> | Refusal>
export type Handlers = { readonly [N in EndpointName]: Handle<N> }
