import {
  type AccountRole,
  type Chat,
  chat,
  defaultSettings,
  isRefusal,
  joseTokens,
  type Passwords,
  type Ports,
  parleyDialect,
  type Refusal,
  type SignedIn,
  tokenBuckets,
  Unavailable,
} from '@parley/core'
import { memoryConnections, memoryStore } from '@parley/core/memory'
import { type ConnectionId, type Endpoint, ErrorBody, endpoints, type MessageId } from '@parley/protocol'
import type { Hono } from 'hono'
import { expect } from 'vitest'
import { admission } from './admission.ts'
import { type ApiOptions, api } from './api.ts'
import { guestsAllowed } from './guests.ts'

interface Asked {
  readonly method?: string
  readonly token?: string
  /** Sent as JSON. */
  readonly body?: unknown
  /** Sent as it is. */
  readonly raw?: string | Uint8Array<ArrayBuffer> | ReadableStream
  readonly headers?: Readonly<Record<string, string>>
}

export interface Answered {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The body, if it was JSON. */
  readonly body: unknown
}

interface TestApiOptions extends Partial<ApiOptions> {
  readonly origins?: readonly string[]
  /** Undefined: no limits. */
  readonly framesPerSecond?: number
}

/** Passwords that are quick, for tests only. */
const quickPasswords: Passwords = {
  hash: async (password) => `hash of ${password}`,
  verify: async (password, hash) => hash === `hash of ${password}`,
}

const routes = Object.entries(endpoints).map(([name, endpoint]: [string, Endpoint]) => {
  const [method = '', path = ''] = name.split(' ')
  return { method, pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`), endpoint }
})

/** Every answer has the shape that the table gives it, and nothing else. */
const checkShape = (method: string, path: string, { status, body, text }: Answered): void => {
  if (status >= 400) {
    expect(ErrorBody.parse(body)).toEqual(body)
    return
  }
  const endpoint = routes.find((one) => one.method === method && one.pattern.test(path))?.endpoint
  if (!endpoint) return
  expect(status).toBe(endpoint.status)
  if (endpoint.response) expect(endpoint.response.parse(body)).toEqual(body)
  else expect(text).toBe('')
}

const done = <T>(answer: T | Refusal): T => {
  if (isRefusal(answer)) throw new Error(answer.message)
  return answer
}

export const password = 'correct horse'

/** The API over the engine on memory ports. */
export const testApi = ({ origins, framesPerSecond, ...options }: TestApiOptions = {}) => {
  let now = Date.UTC(2026, 0, 1)
  let number = 0
  let isBroken = false
  const clock = { now: () => now }
  const heard: { readonly to: readonly ConnectionId[]; readonly frame: string }[] = []
  const logged: { readonly fields: object; readonly message: string }[] = []
  const log = {
    info: () => {},
    warn: () => {},
    error: (fields: object, message: string) => logged.push({ fields, message }),
  }
  const uuid = () => {
    number += 1
    return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
  }
  const store = new Proxy(memoryStore(), {
    get: (target, key, receiver) =>
      isBroken ? () => Promise.reject(new Unavailable('locked')) : Reflect.get(target, key, receiver),
  })
  const ports: Ports = {
    store,
    connections: memoryConnections({ clock }),
    sockets: {
      send: async (to, frame) => {
        heard.push({ to, frame })
        return []
      },
      close: async () => {},
    },
    publisher: {
      publish: async (deliveries) => {
        for (const delivery of deliveries) await engine.deliver(delivery)
      },
    },
    limits: tokenBuckets(framesPerSecond, clock),
    dialects: { parley: parleyDialect },
    passwords: quickPasswords,
    tokens: joseTokens(new TextEncoder().encode('a key for tests, of 32 bytes ...')),
    clock,
    ids: { uuid, secret: () => `secret-${uuid()}` },
    log,
    metrics: { count: () => {}, observe: () => {} },
    settings: defaultSettings,
  }
  const engine: Chat = chat(ports)
  const app: Hono = api({
    chat: engine,
    admission: admission(origins),
    guests: (facts) => guestsAllowed({ setting: undefined, listensOnLoopback: true, ...facts }),
    addressOf: () => '127.0.0.1',
    health: async () => 'ok',
    version: '1.2.3',
    newMessageId: () => uuid() as MessageId,
    log,
    ...options,
  })

  const ask = async (path: string, { method, token, body, raw, headers }: Asked = {}): Promise<Answered> => {
    const verb = method ?? (body === undefined && raw === undefined ? 'GET' : 'POST')
    const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body))
    const response = await app.request(`http://127.0.0.1:8080${path}`, {
      method: verb,
      headers: { host: '127.0.0.1:8080', ...(token !== undefined && { authorization: `Bearer ${token}` }), ...headers },
      ...(sent !== undefined && { body: sent, duplex: 'half' }),
    })
    const text = await response.text()
    const isJson = text !== '' && response.headers.get('content-type') === 'application/json'
    const answered = {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson ? JSON.parse(text) : undefined,
    }
    if (verb !== 'HEAD') checkShape(verb, path.split('?')[0] ?? '', answered)
    return answered
  }

  return {
    app,
    chat: engine,
    ask,
    heard,
    logged,
    pass: (ms: number) => {
      now += ms
    },
    /** From now on the storage fails, or no longer does. */
    break: (broken: boolean) => {
      isBroken = broken
    },
    /** Makes an account with {@link password} and signs it in. */
    person: async (name: string, role: AccountRole = 'member'): Promise<SignedIn> => {
      done(await engine.execute({ kind: 'system' }, { action: 'add-account', name, password, role }))
      return done(await engine.execute({ kind: 'system' }, { action: 'sign-in', username: name, password }))
    },
    guest: async (name: string): Promise<SignedIn> =>
      done(
        await engine.execute({ kind: 'nobody', address: '127.0.0.1', mayBeGuest: true }, { action: 'be-guest', name }),
      ),
  }
}

export type TestApi = ReturnType<typeof testApi>
