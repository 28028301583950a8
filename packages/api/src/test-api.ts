import { type AccountRole, type Store, Unavailable } from '@parley/core'
import { type TestPerson, testChat } from '@parley/core/testing'
import { type Endpoint, ErrorBody, endpoints, type MessageId } from '@parley/protocol'
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

/** Somebody with a token. */
export interface TestBearer extends TestPerson {
  readonly token: string
}

/** The password of an account of {@link TestApi.person}. */
export const passwordOf = (name: string): string => `password of ${name}`

/** The API over the engine on memory ports. */
export const testApi = ({ origins, framesPerSecond, ...options }: TestApiOptions = {}) => {
  let isBroken = false
  const breakable = (store: Store): Store =>
    new Proxy(store, {
      get: (target, key) => (isBroken ? () => Promise.reject(new Unavailable('locked')) : Reflect.get(target, key)),
    })
  const { chat, ports, clock, log, connect, ...test } = testChat({
    ...(framesPerSecond !== undefined && { framesPerSecond }),
    wrap: ({ store }) => ({ store: breakable(store) }),
  })
  const app = api({
    chat,
    admission: admission(origins),
    guests: (facts) => guestsAllowed({ setting: undefined, listensOnLoopback: true, ...facts }),
    addressOf: () => '127.0.0.1',
    health: async () => 'ok',
    version: '1.2.3',
    newMessageId: () => ports.ids.uuid() as MessageId,
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

  const withToken = async (person: TestPerson): Promise<TestBearer> => {
    const { user, session } = person.actor
    const issuedAt = clock.now() / 1000
    const expiresAt = issuedAt + ports.settings.tokenMs / 1000
    return { ...person, token: await ports.tokens.sign({ user, session, issuedAt, expiresAt }) }
  }

  return {
    app,
    chat,
    ask,
    log,
    connect,
    pass: clock.pass,
    /** From now on the storage fails, or no longer does. */
    break: (broken: boolean) => {
      isBroken = broken
    },
    person: async (name: string, role: AccountRole = 'member') => withToken(await test.person(name, { role })),
    guest: async (name: string) => withToken(await test.guest(name)),
  }
}

export type TestApi = ReturnType<typeof testApi>
