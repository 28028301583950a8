import { type Actor, type Chat, isRefusal, type Refusal, type SessionId } from '@parley/core'
import { type ErrorCode, errorStatus, type RoomId, type Self, type UserId } from '@parley/protocol'
import type { Edges } from '../edges.ts'
import type { Session } from '../session.ts'
import type { VirtualClock } from './virtual-clock.ts'

/** What stands in a token of these tests. */
interface Claims {
  readonly user: UserId
  readonly session: SessionId
  /** Milliseconds since 1970. */
  readonly until: number
}

interface Options {
  readonly clock: VirtualClock
  readonly latency: () => number
  readonly chat: () => Chat
  readonly isDown: () => boolean
  /** How long a token is good for. */
  readonly tokenMs: number
}

const answer = (status: number, body: unknown): Response => new Response(JSON.stringify(body), { status })

const refusal = ({ refused, message }: Refusal | { refused: ErrorCode; message: string }): Response =>
  answer(errorStatus[refused], { error: { code: refused, message } })

/** The few end points of the HTTP API that a client needs, over the engine and with tokens that anybody can make. */
export const createWeb = ({ clock, latency, chat, isDown, tokenMs }: Options) => {
  const issue = (user: UserId, session: SessionId): Session => {
    const until = clock.now() + tokenMs
    const self: Self = { id: user, name: '', kind: 'person', role: 'member' }
    return { token: JSON.stringify({ user, session, until }), expiresAt: new Date(until).toISOString(), user: self }
  }
  const ask = async (actor: Actor, path: string, query: URLSearchParams): Promise<object | Refusal> => {
    if (path === '/api/tickets') return chat().execute(actor, { action: 'make-ticket' })
    const [, id] = /^\/api\/rooms\/([^/]+)$/.exec(path) ?? []
    if (id !== undefined) {
      const room = await chat().execute(actor, { action: 'see-room', room: id as RoomId })
      return isRefusal(room) ? room : { room }
    }
    const after = query.get('after') as RoomId | null
    return chat().execute(actor, { action: 'list-rooms', ...(after && { after }) })
  }
  const respond = async (url: string, { headers }: RequestInit): Promise<Response> => {
    const { pathname, searchParams } = new URL(url)
    const { authorization = '' } = headers as Record<string, string>
    const { user, session, until }: Claims = JSON.parse(authorization.slice('Bearer '.length))
    if (pathname === '/api/renew') return answer(200, issue(user, session))
    if (until <= clock.now()) return refusal({ refused: 'unauthorized', message: 'This token has expired.' })
    const actor: Actor = { kind: 'user', user, session }
    const result = await ask(actor, pathname, searchParams)
    return isRefusal(result) ? refusal(result) : answer(200, result)
  }
  const wait = (): Promise<void> => new Promise((resolve) => clock.after(latency(), resolve))
  const fetch: Edges['fetch'] = async (url, request) => {
    await wait()
    if (isDown()) throw new TypeError('nobody listens')
    const response = await clock.track(respond(url, request))
    await wait()
    if (isDown()) throw new TypeError('the connection broke')
    return response
  }
  return { fetch, issue }
}
