import { type Actor, type Chat, isRefusal, type Refusal, refuse } from '@parley/core'
import { type Endpoint, type EndpointName, endpoints } from '@parley/protocol'
import type { Context, Handler } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { limitedAs } from './addresses.ts'
import { bearerToken } from './bearer.ts'
import { type Answer, type Call, type Handle, type PathWord, pathWords } from './call.ts'
import type { RequestFacts } from './guests.ts'
import { checkBody, checkPath, checkQuery } from './input.ts'
import { refused } from './reply.ts'

export interface ServeOptions {
  readonly chat: Pick<Chat, 'execute'>
  /** Whether whoever sends this request may be a guest. */
  guests(facts: RequestFacts): boolean
  /** Where a request comes from, for limits: an address that its sender cannot choose. */
  addressOf(c: Context): string
}

/** The one end point whose token may have expired: its command looks at it, not the door. */
const renewal: EndpointName = 'POST /api/renew'

/** `Host` and headers of a request. One without a `Host` (HTTP/2) has it in its address. */
export const factsOf = (c: Context): RequestFacts => ({
  host: c.req.header('host') ?? new URL(c.req.url).host,
  headers: c.req.raw.headers,
})

const isPathWord = (word: string): word is PathWord => Object.hasOwn(pathWords, word)
const wordsOf = (name: EndpointName): readonly PathWord[] =>
  [...name.matchAll(/\{(\w+)\}/g)].map(([, word = '']) => word).filter(isPathWord)

/** Makes one end point of the table a handler: asks who it is, checks what was sent, and writes down what came of it. */
export const serve = <N extends EndpointName>(name: N, handle: Handle<N>, options: ServeOptions): Handler => {
  const { chat, guests, addressOf } = options
  const endpoint: Endpoint = endpoints[name]
  const words = wordsOf(name)

  const actorOf = async (c: Context, token: string | undefined): Promise<Actor | Refusal> => {
    const isOpen = endpoint.auth === 'none'
    const nobody = {
      kind: 'nobody',
      address: limitedAs(addressOf(c)),
      mayBeGuest: isOpen && guests(factsOf(c)),
    } as const
    if (isOpen) return nobody
    if (token === undefined) return refuse('unauthorized', 'Sign in first.')
    if (name === renewal) return nobody
    const bearer = await chat.execute(nobody, { action: 'authenticate', token })
    return isRefusal(bearer) ? bearer : { kind: 'user', user: bearer.user, session: bearer.session }
  }

  const answer = async (c: Context): Promise<Answer<N> | Refusal> => {
    const token = endpoint.auth === 'none' ? undefined : bearerToken(c.req.header('authorization'))
    const actor = await actorOf(c, token)
    if (isRefusal(actor)) return actor
    const path = checkPath(words, (word) => c.req.param(word) ?? '')
    if (isRefusal(path)) return path
    const query = checkQuery(c.req.url, endpoint.query)
    if (isRefusal(query)) return query
    const body = await checkBody(c.req.raw, endpoint.body)
    if (isRefusal(body)) return body
    return handle({ actor, token, path: path.value, query: query.value, body: body.value } as Call<N>)
  }

  return async (c) => {
    const answered = await answer(c)
    if (isRefusal(answered)) return refused(c, answered)
    if (answered === null) return c.body(null, 204)
    return c.json(answered, endpoint.status as ContentfulStatusCode)
  }
}
