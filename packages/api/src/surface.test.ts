import { endpoints } from '@parley/protocol'
import type { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import { safeHeaders } from './reply.ts'
import { testApi } from './test-api.ts'

const paths = [...new Set(Object.keys(endpoints).map((name) => name.split(' ')[1] ?? ''))]
  .map((path) => path.replace('{room}', 'general').replace('{user}', '00000000-0000-4000-8000-00000000ffff'))
  .concat('/api/openapi.json', '/api/asyncapi.json', '/config.json', '/metrics')
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND']
const metrics = async () => ({ contentType: 'text/plain; version=0.0.4; charset=utf-8', body: 'parley_up 1\n' })

const expectSafe = (headers: Headers): void => {
  for (const [name, value] of Object.entries(safeHeaders)) expect(headers.get(name)).toBe(value)
  for (const name of headers.keys()) expect(name).not.toMatch(/^(?:access-control-|set-cookie|server|x-powered-by)/)
}

describe('every answer', () => {
  test.each(methods)('to %s has the safe headers, on any path', async (method) => {
    const { ask } = testApi({ metrics })
    for (const path of [...paths, '/', '/api', '/api/nothing', '/favicon.ico', '/api/__proto__']) {
      expectSafe((await ask(path, { method })).headers)
    }
  })

  test('is not cached, framed or guessed at', () => {
    expect(safeHeaders).toMatchObject({
      'Cache-Control': 'no-store',
      'Content-Security-Policy': expect.stringMatching(/^default-src 'none';.* frame-ancestors 'none'$/),
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
    })
  })

  test.each([
    ['refused at the door', { headers: { host: 'evil.example' } }],
    ['a refusal', { token: 'nonsense' }],
    ['a bad request', { body: [] }],
  ])('has the safe headers, also if it is %s', async (_what, asked) => {
    expectSafe((await testApi().ask('/api/login', asked)).headers)
  })
})

describe('the door', () => {
  test.each([...paths, '/', '/api/nothing'])('[A7] answers 421 for a strange Host at %s', async (path) => {
    const { ask } = testApi({ metrics })
    for (const host of ['evil.example', 'evil.example:8080', '10.0.0.1', 'localhost.evil.example']) {
      const answered = await ask(path, { headers: { host } })
      expect(answered).toMatchObject({ status: 421, body: { error: { code: 'bad_request' } } })
    }
  })

  test('[A7] goes by the address where there is no Host', async () => {
    const { app } = testApi()
    expect((await app.request('http://localhost:1/api/health')).status).toBe(200)
    expect((await app.request('http://evil.example/api/health')).status).toBe(421)
  })

  test('[A7] knows the hosts of the origins it is told', async () => {
    const { ask } = testApi({ origins: ['https://chat.example'] })
    expect((await ask('/api/health', { headers: { host: 'chat.example' } })).status).toBe(200)
    expect((await ask('/api/health')).status).toBe(421)
  })

  test.each(['https://evil.example', 'null', 'http://localhost.evil.example', ''])(
    '[A6] answers 403 to changing requests of pages from %j',
    async (origin) => {
      const { ask } = testApi()
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND']) {
        for (const path of ['/api/guests', '/api/login', '/api/nothing']) {
          const answered = await ask(path, { method, headers: { origin } })
          expect(answered).toMatchObject({ status: 403, body: { error: { code: 'forbidden' } } })
        }
      }
    },
  )

  test('[A6] does not mind where a looking request comes from, nor one from its own page or from none', async () => {
    const { ask } = testApi()
    const strange = { origin: 'https://evil.example' }
    expect((await ask('/api/health', { headers: strange })).status).toBe(200)
    expect((await ask('/api/health', { method: 'HEAD', headers: strange })).status).toBe(200)
    const own = { origin: 'http://localhost:8080' }
    expect((await ask('/api/guests', { body: { name: 'Ada' }, headers: own })).status).toBe(201)
    expect((await ask('/api/guests', { body: { name: 'Ada' } })).status).toBe(201)
  })

  test('[A6] gives a preflight no permission', async () => {
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' }
    const answered = await testApi().ask('/api/guests', { method: 'OPTIONS', headers })
    expect(answered.status).toBe(405)
    expectSafe(answered.headers)
  })
})

describe('paths and methods', () => {
  test.each([
    '/api',
    '/api/',
    '/api/nothing',
    '/api/rooms/',
    '/api/rooms//messages',
    '/api/rooms/general/walls',
    '/API/me',
  ])('[H1] nobody has %s', async (path) => {
    const { ask } = testApi()
    for (const method of methods.filter((one) => one !== 'HEAD')) {
      expect(await ask(path, { method })).toMatchObject({ status: 404, body: { error: { code: 'not_found' } } })
    }
  })

  test.each([
    ['/api/guests', 'POST', ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND']],
    ['/api/me', 'GET, HEAD', ['POST', 'PUT', 'DELETE', 'OPTIONS']],
    ['/api/rooms/general/messages', 'GET, HEAD, POST', ['PUT', 'PATCH', 'DELETE']],
    ['/api/accounts/x', 'PATCH', ['GET', 'POST', 'DELETE']],
    ['/api/hooks/x', 'DELETE, POST', ['GET', 'PUT', 'PATCH']],
    ['/api/openapi.json', 'GET, HEAD', ['POST']],
    ['/config.json', 'GET, HEAD', ['POST']],
    ['/metrics', 'GET, HEAD', ['POST']],
  ])('%s takes %s only', async (path, allowed, wrong) => {
    const { ask } = testApi({ metrics })
    for (const method of wrong) {
      const answered = await ask(path, { method })
      expect(answered).toMatchObject({ status: 405, body: { error: { code: 'bad_request' } } })
      expect(answered.headers.get('allow')).toBe(allowed)
    }
  })

  test('HEAD answers as GET does, without a body', async () => {
    const { ask, person } = testApi({ metrics })
    const { token } = await person('Ada', 'admin')
    for (const path of ['/api/health', '/api/me', '/api/rooms/general/messages', '/api/nothing', '/metrics']) {
      const got = await ask(path, { token })
      const head = await ask(path, { token, method: 'HEAD' })
      expect([head.status, head.text]).toEqual([got.status, ''])
      expect([...head.headers]).toEqual([...got.headers])
    }
    expect((await ask('/api/guests', { method: 'HEAD' })).status).toBe(405)
  })

  test('routes that a host adds are behind the same door, and may say other headers', async () => {
    const { app, ask } = testApi()
    ;(app as Hono).get('/', (c) => {
      c.header('Content-Security-Policy', "default-src 'self'")
      return c.html('<p>hello</p>')
    })
    const page = await ask('/')
    expect([page.status, page.text]).toEqual([200, '<p>hello</p>'])
    expect(page.headers.get('content-security-policy')).toBe("default-src 'self'")
    expect(page.headers.get('x-content-type-options')).toBe('nosniff')
    expect((await ask('/', { headers: { host: 'evil.example' } })).status).toBe(421)
  })
})

describe('what a server says of itself', () => {
  test('[H24] health, while it can store', async () => {
    const answered = await testApi().ask('/api/health')
    expect(answered).toMatchObject({ status: 200, body: { status: 'ok', version: '1.2.3' } })
  })

  test('[H6][H24] and while it cannot', async () => {
    const answered = await testApi({ health: async () => 'failing' }).ask('/api/health')
    expect(answered).toMatchObject({ status: 503, body: { error: { code: 'unavailable' } } })
    expect(answered.headers.get('retry-after')).toBe('1')
  })

  test('[H25] metrics, where there are any', async () => {
    const answered = await testApi({ metrics }).ask('/metrics')
    expect([answered.status, answered.text]).toEqual([200, 'parley_up 1\n'])
    expect(answered.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect((await testApi().ask('/metrics')).status).toBe(404)
  })

  test('[H26] descriptions of the wire', async () => {
    const { ask } = testApi()
    const http = await ask('/api/openapi.json')
    expect(http).toMatchObject({ status: 200, body: { openapi: '3.1.0', info: { version: '1.2.3' } } })
    const described = Object.entries((http.body as { paths: Record<string, object> }).paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(described).toEqual(expect.arrayContaining(Object.keys(endpoints)))
    const socket = await ask('/api/asyncapi.json')
    expect(socket).toMatchObject({ status: 200, body: { asyncapi: '3.0.0', info: { version: '1.2.3' } } })
  })

  test.each([
    [undefined, 'localhost:9000', 'http://localhost:9000/api', 'ws://localhost:9000/ws', true],
    [['https://chat.example'], 'chat.example', 'https://chat.example/api', 'wss://chat.example/ws', false],
  ])('[H27] where its ends are (%#)', async (origins, host, api, socket, guests) => {
    const answered = await testApi({ ...(origins && { origins }) }).ask('/config.json', { headers: { host } })
    expect(answered).toMatchObject({ status: 200 })
    expect(answered.body).toEqual({ api, socket, version: '1.2.3', guests })
  })
})

describe('faults', () => {
  test('[X3] of the API are 500 without a word of what it was, which is logged', async () => {
    const fault = new Error('secret detail at /srv/parley/store.ts:12')
    const { ask, log } = testApi({ health: () => Promise.reject(fault) })
    const answered = await ask('/api/health')
    expect(answered).toMatchObject({ status: 500, body: { error: { code: 'internal' } } })
    expect(answered.text).not.toMatch(/secret|srv|store|Error|at /)
    expectSafe(answered.headers)
    const fields = { err: fault, method: 'GET', path: '/api/health' }
    expect(log.lines).toEqual([{ level: 'error', fields, message: 'request failed' }])
  })

  test('[X3] are logged without the secret of a webhook', async () => {
    const addressOf = () => {
      throw new Error('no address')
    }
    const { ask, log } = testApi({ addressOf })
    expect(await ask('/api/hooks/very.secret', { body: { text: 'hi' } })).toMatchObject({ status: 500 })
    expect(log.lines).toMatchObject([{ fields: { path: '/api/hooks/...' }, message: 'request failed' }])
  })

  test('[H6][X5] of the storage are 503, and over when it is back', async () => {
    const server = testApi()
    const { token } = await server.person('Ada')
    server.break(true)
    for (const [path, asked] of [
      ['/api/me', { token }],
      ['/api/rooms', { token }],
      ['/api/login', { body: { username: 'Ada', password: 'x' } }],
      ['/api/guests', { body: { name: 'Bo' } }],
      ['/api/rooms/general/messages', { token, body: { text: 'hi' } }],
    ] as const) {
      const answered = await server.ask(path, asked)
      expect(answered).toMatchObject({ status: 503, body: { error: { code: 'unavailable' } } })
      expect(answered.headers.get('retry-after')).toMatch(/^[0-9]+$/)
    }
    server.break(false)
    expect((await server.ask('/api/me', { token })).status).toBe(200)
  })
})
