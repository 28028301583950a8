import { type Endpoint, type EndpointName, ErrorBody, endpoints } from '@parley/protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exactly } from '../harness/exactly.ts'
import { ask, type HttpAnswer } from '../harness/http.ts'
import { sayBytes, statusOf } from '../harness/say-bytes.ts'
import { newName, nodeWorld, say } from '../harness/world.ts'
import { anyText, anyValue, check, nearly, type Pools, trickyText } from './arbitraries.ts'

const { deployment, api, guest, account, member, room } = await nodeWorld({ PARLEY_LOG: 'warn' })
const maker = await member('owner')
const place = await room('private', maker)
const names = Object.keys(endpoints) as EndpointName[]
const target = await account()
const pools: Pools = {
  rooms: ['general', place, 'nowhere'],
  users: [maker.me.id, target.user.id],
  messages: [(await say(maker, 'general', 'here')).id],
}
const leaks = /node_modules|\.ts:\d+|\bat \S+ \(|SQLITE|SELECT |INSERT |\/work\/|\/tmp\//

const checkAnswer = (answer: HttpAnswer, what: string): void => {
  expect(answer.status, what).toBeLessThan(500)
  expect(JSON.stringify(answer.headers) + answer.text, what).not.toMatch(leaks)
  if (answer.status >= 400 && answer.headers['content-type']?.startsWith('application/json')) {
    exactly(ErrorBody, JSON.parse(answer.text), what)
  }
}

const checkServer = async (): Promise<void> => {
  await api.call('GET /api/health')
  expect((await say(maker, 'general', 'unharmed')).text).toBe('unharmed')
  expect(
    deployment.process
      .output()
      .err.split('\n')
      .filter((line) => line.includes('"level":50')),
  ).toEqual([])
}

const fieldsOf = (name: EndpointName, part: 'body' | 'query'): readonly string[] => {
  const endpoint: Endpoint = endpoints[name]
  const { shape = {} } = (endpoint[part] ?? {}) as { readonly shape?: object }
  return Object.keys(shape)
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 200)

/** A question to an end point that is almost right. */
const nearlyAsked = fc.constantFrom(...names).chain((name) =>
  fc.record({
    name: fc.constant(name),
    at: fc.oneof(fc.constantFrom(...pools.rooms, ...pools.users), trickyText).map((text) => text.slice(0, 500)),
    query: nearly(fieldsOf(name, 'query'), pools),
    body: fc.oneof({ weight: 5, arbitrary: nearly(fieldsOf(name, 'body'), pools) }, { weight: 1, arbitrary: anyValue }),
    who: fc.nat(3),
  }),
)

test('[X3][X4][H1] almost right requests to every end point are answered as the protocol says', async () => {
  const tokens = [undefined, (await guest()).token, (await account()).token, (await account('admin')).token]
  const property = fc.asyncProperty(nearlyAsked, async ({ name, at, query, body, who }) => {
    const [method = '', path = ''] = name.split(' ')
    const token = tokens[who]
    // Logging out would make the rest of the run a run of strangers, and a new password is slow on purpose.
    if (name === 'POST /api/logout' || name === 'POST /api/password') return
    const words = new URLSearchParams(
      Object.entries(query).map(([key, value]) => [key, textOf(value)] as [string, string]),
    )
    const where = `${path.replace(/\{\w+\}/, encodeURIComponent(at.toWellFormed()))}${words.size > 0 ? `?${words}` : ''}`
    const endpoint = endpoints[name]
    const answer = await ask(deployment.url, method, where, {
      headers: { ...(token && { authorization: `Bearer ${token}` }), 'content-type': 'application/json' },
      ...('body' in endpoint && { body: JSON.stringify(body) }),
    })
    const what = `${method} ${where} ${JSON.stringify(body)}`.slice(0, 500)
    checkAnswer(answer, what)
    if (answer.status < 400 && 'response' in endpoint) {
      expect(answer.status, what).toBe(endpoint.status)
      exactly(endpoint.response, JSON.parse(answer.text), what)
    }
  })
  await check(property, 150)
  await checkServer()
})

test('[X3][X4][H2] any body is answered', async () => {
  const { token } = await account('owner')
  const bodied = names.filter((name) => 'body' in endpoints[name] && name !== 'POST /api/password')
  const bytes = fc.oneof(anyText, fc.uint8Array({ maxLength: 200 }))
  const types = fc.constantFrom(
    'application/json',
    'text/plain',
    'multipart/form-data; boundary=x',
    'application/json; charset=utf-16',
    '',
  )
  const property = fc.asyncProperty(fc.constantFrom(...bodied), bytes, types, async (name, body, type) => {
    const [method = '', path = ''] = name.split(' ')
    const where = path.replace('{room}', 'general').replace('{user}', target.user.id)
    const headers = { authorization: `Bearer ${token}`, 'content-type': type }
    checkAnswer(await ask(deployment.url, method, where, { headers, body }), `${name} ${String(body).slice(0, 200)}`)
  })
  await check(property, 150)
  await checkServer()
})

const hostLine = `Host: ${new URL(deployment.url).host}`

test('[X3][X4][H1] any path is answered', async () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '/',
      '..',
      '%00',
      '%2e%2e',
      '%2f',
      '//',
      '\\',
      '?',
      '#',
      '%',
      '%zz',
      ';',
      'api',
      'rooms',
      'general',
      'messages',
    ),
    fc.constantFrom(
      'ws',
      'metrics',
      'compat',
      '.git/config',
      '__proto__',
      '{room}',
      ':room',
      '*',
      '%ED%A0%80',
      '%F0%9F%91%8D',
    ),
    fc.string({ maxLength: 10 }),
  )
  const path = fc.oneof(
    fc.array(piece, { maxLength: 12 }).map((pieces) => `/${pieces.join('/')}`),
    fc.array(piece, { maxLength: 12 }).map((pieces) => `/api/${pieces.join('')}`),
    fc.nat(9_000).map((length) => `/${'a'.repeat(length)}`),
    fc.constantFrom(
      '*',
      'http://evil.example/',
      'http://127.0.0.1/api/health',
      'api/health',
      '//evil.example/api',
      '/api/rooms/%ff/messages',
    ),
  )
  const method = fc.constantFrom('GET', 'POST', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND')
  const property = fc.asyncProperty(method, path, async (verb, where) => {
    const line = where.replace(/[^!-~]/g, '%20')
    const heard = await sayBytes(deployment, `${verb} ${line} HTTP/1.1\r\n${hostLine}\r\nConnection: close\r\n\r\n`)
    expect(statusOf(heard), `${verb} ${line}`).toBeLessThan(500)
    expect(statusOf(heard), `${verb} ${line}`).toBeGreaterThanOrEqual(200)
    expect(heard).not.toMatch(leaks)
  })
  await check(property, 150)
  await checkServer()
})

test('[X3][X4] any headers are answered', async () => {
  const value = fc.oneof(
    fc.string({ maxLength: 50 }),
    fc.constantFrom(
      'Bearer',
      'Bearer a.b.c',
      'Bearer ..',
      'chunked',
      '0',
      '-1',
      '99999999999999999999',
      'websocket',
      'Upgrade',
      '100-continue',
    ),
    fc.nat(20_000).map((length) => 'a'.repeat(length)),
  )
  const name = fc.constantFrom(
    ...[
      'Host',
      'Origin',
      'Authorization',
      'Content-Length',
      'Transfer-Encoding',
      'Connection',
      'Upgrade',
      'Expect',
      'Cookie',
    ],
    ...[
      'Sec-WebSocket-Key',
      'Sec-WebSocket-Version',
      'Sec-WebSocket-Protocol',
      'Sec-WebSocket-Extensions',
      'X-HTTP-Method-Override',
    ],
    ...[
      'Content-Type',
      'Content-Encoding',
      'Accept',
      'Range',
      'If-None-Match',
      'X-Forwarded-Host',
      'Forwarded',
      '__proto__',
      'x'.repeat(200),
    ],
  )
  const headers = fc.array(fc.tuple(name, value), { maxLength: 6 })
  const target = fc.constantFrom(
    'GET /api/me',
    'GET /api/health',
    'POST /api/guests',
    'GET /ws',
    'GET /metrics',
    'POST /api/login',
  )
  const property = fc.asyncProperty(target, headers, fc.boolean(), async (line, given, hosted) => {
    const lines = given.map(([key, text]) => `${key}: ${text.replace(/[\r\n]/g, ' ')}`)
    const head = [`${line} HTTP/1.1`, ...(hosted ? [hostLine] : []), ...lines, 'Connection: close']
    const heard = await sayBytes(deployment, `${head.join('\r\n')}\r\n\r\n{}`, true)
    if (heard !== '')
      expect([501, 505].includes(statusOf(heard)) || statusOf(heard) < 500, heard.slice(0, 300)).toBe(true)
    expect(heard).not.toMatch(leaks)
  })
  await check(property, 150)
  await checkServer()
})

test('[X4] bytes that are no HTTP end their own connection at most', async () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 500 }),
    fc.string({ maxLength: 200 }).map((text) => `GET /${text}`),
    fc.constantFrom(
      '\r\n\r\n',
      'GET / HTTP/9.9\r\n\r\n',
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
      '\u0016\u0003\u0001\u0002',
      'GET / HTTP/1.1\r\n: \r\n\r\n',
    ),
  )
  const property = fc.asyncProperty(bytes, async (said) => {
    expect(await sayBytes(deployment, said, true)).not.toMatch(leaks)
  })
  await check(property, 100)
  await checkServer()
  await api.call('POST /api/guests', { body: { name: newName() } })
})
