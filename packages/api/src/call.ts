import type { Actor, Refusal } from '@parley/core'
import {
  type EndpointBody,
  type EndpointName,
  type EndpointQuery,
  type EndpointResponse,
  type endpoints,
  RoomId,
  UserId,
} from '@parley/protocol'

/** What stands for `{room}` and `{user}` in a path. */
export const pathWords = { room: RoomId, user: UserId } as const
export type PathWord = keyof typeof pathWords

type PathValues = { readonly room: RoomId; readonly user: UserId }
type WordsOf<N extends EndpointName> = N extends `${string}{${infer W extends PathWord}}${string}` ? W : never

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
