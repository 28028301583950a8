import { expect, test } from 'vitest'
import { addressesOf } from './addresses.ts'
import { createApi } from './api.ts'
import { asGuest, signIn } from './sign-in.ts'
import { virtualClock } from './testing/virtual-clock.ts'

interface Call {
  readonly url: string
  readonly request: RequestInit
}

const setUp = (respond: (signal: AbortSignal) => Promise<Response> | Response) => {
  const clock = virtualClock(0, () => {})
  const calls: Call[] = []
  const fetch = async (url: string, request: RequestInit): Promise<Response> => {
    calls.push({ url, request })
    return respond(request.signal as AbortSignal)
  }
  return { clock, calls, fetch, api: createApi('https://chat.example/api', { fetch, clock }) }
}
const json = (status: number, body: unknown, headers = {}) => new Response(JSON.stringify(body), { status, headers })

test('fills in path, query, token and body', async () => {
  const { api, calls } = setUp(() => json(200, { messages: [] }))
  await api('GET /api/rooms/{room}/messages', { params: { room: 'a b' }, token: 't', query: { before: 7 } })
  await api('POST /api/rooms/{room}/messages', { params: { room: 'den' }, body: { text: 'hi' } })
  expect(calls).toMatchObject([
    {
      url: 'https://chat.example/api/rooms/a%20b/messages?before=7',
      request: { method: 'GET', headers: { authorization: 'Bearer t' } },
    },
    {
      url: 'https://chat.example/api/rooms/den/messages',
      request: { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"text":"hi"}' },
    },
  ])
})

test('an end point without a body is answered by nothing', async () => {
  const { api } = setUp(() => new Response(null, { status: 204 }))
  await expect(api('POST /api/logout', { token: 't' })).resolves.toBeUndefined()
})

test.each([
  [409, { error: { code: 'conflict', message: 'Taken.' } }, {}, { code: 'conflict', message: 'Taken.', retry: null }],
  [429, { error: { code: 'rate_limited', message: '' } }, { 'retry-after': '7' }, { code: 'rate_limited', retry: 7 }],
  [503, { error: { code: 'unavailable', message: '' } }, {}, { code: 'unavailable', retry: 1 }],
  [502, 'Bad Gateway', {}, { code: 'unavailable', retry: 1 }],
  [404, '<html>', {}, { code: 'network', retry: null }],
  [401, {}, {}, { code: 'unauthorized', retry: null }],
])('%i is an error that says whether to try again', async (status, body, headers, error) => {
  const { api } = setUp(() => json(status, body, headers))
  await expect(api('GET /api/me', {})).rejects.toMatchObject({ name: 'ParleyError', ...error })
})

test('a server that is not reached may be tried again', async () => {
  const { api } = setUp(() => Promise.reject(new TypeError('fetch failed')))
  await expect(api('GET /api/me', {})).rejects.toMatchObject({ code: 'network', retry: 1 })
})

test('a server that does not answer is not waited for without end', async () => {
  const { api, clock } = setUp(
    (signal) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason))
      }),
  )
  const asked = api('GET /api/me', {}).catch((error: unknown) => error)
  await clock.pass(15_000)
  await expect(asked).resolves.toMatchObject({ code: 'timeout', retry: 1 })
})

test('one signs in as a guest or to an account', async () => {
  const session = { token: 't', expiresAt: '2026-01-01T00:00:00.000Z' }
  const { fetch, calls, clock } = setUp(() => json(200, session))
  await expect(asGuest('https://chat.example/', 'Ada', { fetch, clock })).resolves.toEqual(session)
  await signIn('https://chat.example', { username: 'ada', password: 'secret' }, { fetch, clock })
  expect(calls.map(({ url, request }) => [url, request.body])).toEqual([
    ['https://chat.example/api/guests', '{"name":"Ada"}'],
    ['https://chat.example/api/login', '{"username":"ada","password":"secret"}'],
  ])
})

test.each([
  ['https://chat.example', 'https://chat.example/api', 'wss://chat.example/ws'],
  ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080/api', 'ws://127.0.0.1:8080/ws'],
  [{ api: 'https://a.example/api/', socket: 'wss://s.example/ws' }, 'https://a.example/api', 'wss://s.example/ws'],
])('the ends of %s', (server, api, socket) => {
  expect(addressesOf(server)).toEqual({ api, socket })
})
