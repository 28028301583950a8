import { randomUUID } from 'node:crypto'
import { actions, type EndpointName, endpoints, errorStatus } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import { asRefusal } from '../harness/api.ts'
import { behindGateway } from '../harness/gateway.ts'
import { ask } from '../harness/http.ts'
import { newRoomId, say, world } from '../harness/world.ts'

const { api, guest, account, member, visitor, login, connect, socket, room, deployment } = await world()
const ada = await member()
const { token } = ada.person
const names = Object.keys(endpoints) as EndpointName[]
const needing = (...auth: string[]) => names.filter((name) => auth.includes(endpoints[name].auth))
/** For end points with ids in their path. */
const at = (name: EndpointName): readonly string[] =>
  [...name.matchAll(/\{(\w+)\}/g)].map(([, word]) => (word === 'room' ? 'general' : randomUUID()))
const placeOf = (name: EndpointName): string => {
  const words = [...at(name)]
  return (name.split(' ')[1] ?? '').replace(/\{\w+\}/g, () => words.shift() ?? '')
}
/** All methods of one path, whatever its words are called. */
const methodsAt = (place: string) =>
  names.flatMap((name) => {
    const [method = '', path = ''] = name.split(' ')
    return new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`).test(place) ? [method] : []
  })

describe('errors', () => {
  test.each([
    '/api',
    '/api/',
    '/api/nothing',
    '/api/rooms/general/walls',
    '/api/rooms/a/b/messages',
    '/api/me/',
    // What is not below `/api` does not come to a server that has a gateway before it.
    ...(behindGateway() ? [] : ['/API/me']),
  ])('[H1] %s is no end point', async (path) => {
    for (const method of ['GET', 'POST', 'DELETE']) {
      const answer = await ask(deployment.url, method, path, { headers: { authorization: `Bearer ${token}` } })
      expect([answer.status, asRefusal(answer, path).code]).toEqual([404, 'not_found'])
    }
  })

  test.each(names)('[H1] %s tells which methods it takes', async (name) => {
    const [method = ''] = name.split(' ')
    const place = placeOf(name)
    const taken = methodsAt(place)
    for (const other of ['PUT', 'DELETE', 'POST', 'PATCH'].filter((one) => !taken.includes(one))) {
      const answer = await ask(deployment.url, other, place)
      expect([answer.status, asRefusal(answer, place).code]).toEqual([405, 'bad_request'])
      expect(answer.headers.allow?.split(', ')).toContain(method)
    }
  })

  test('[H1] have the status of their code, and a message', async () => {
    const other = await room('public', ada)
    const message = await say(ada, other, 'mine')
    const bo = await visitor()
    await bo.ask('room', { action: 'join', room: other })
    const refusals = [
      await api.refusal('POST /api/guests', { body: {} }),
      await api.refusal('GET /api/me'),
      await api.refusal('GET /api/connections', { token }),
      await api.refusal('GET /api/rooms/{room}/messages', { token, at: newRoomId() }),
      await api.refusal('POST /api/guests', { body: { name: ada.me.name } }),
      await api.refusal('POST /api/rooms/{room}/messages', {
        token: bo.person.token,
        at: other,
        body: { id: message.id, text: 'yours' },
      }),
      await api.refusal('POST /api/rooms/{room}/messages', { token, at: other, body: { text: 'x'.repeat(10_001) } }),
    ]
    expect(refusals.map(({ status, code }) => [status, code])).toEqual([
      [400, 'bad_request'],
      [401, 'unauthorized'],
      [403, 'forbidden'],
      [404, 'not_found'],
      [409, 'conflict'],
      [409, 'conflict'],
      [413, 'too_large'],
    ])
    for (const { status, code, message } of refusals) {
      expect(status).toBe(errorStatus[code])
      expect(message).toMatch(/^.{8,300}$/)
    }
  })
})

describe('bodies and queries', () => {
  const bodied = names.filter((name) => 'body' in endpoints[name])
  test.each(bodied)('[H2] %s refuses what is not JSON or not of its shape', async (name) => {
    const root = await rootToken
    const [method = ''] = name.split(' ')
    const place = placeOf(name)
    const bodies = ['', 'text', '{', '[]', 'null', '1', '"a"', '{"unknown":1}', '{"__proto__":{}}', '{}x']
    for (const body of bodies) {
      const headers = { authorization: `Bearer ${root}`, 'content-type': 'application/json' }
      const answer = await ask(deployment.url, method, place, { headers, body })
      expect([answer.status, asRefusal(answer, name).code, body]).toEqual([400, 'bad_request', body])
    }
    const invalid = new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])
    const headers = { authorization: `Bearer ${root}` }
    expect((await ask(deployment.url, method, place, { headers, body: invalid })).status).toBe(400)
  })

  test.each([
    ['POST /api/guests', { name: 'Somebody', role: 'owner' }],
    ['POST /api/guests', { name: 7 }],
    ['POST /api/login', { username: 'somebody' }],
    ['POST /api/login', { username: '', password: 'x' }],
    ['POST /api/login', { username: 'x'.repeat(401), password: 'x' }],
    ['POST /api/login', { username: 'somebody', password: 'x'.repeat(257) }],
    ['POST /api/rooms/{room}/messages', { text: '' }],
    ['POST /api/rooms/{room}/messages', { text: 'text', id: 'no uuid' }],
    ['POST /api/rooms/{room}/messages', { text: 'text', from: 'me' }],
    ['POST /api/password', { current: 'x', password: '1234567' }],
    ['POST /api/password', { current: 'x', password: 'x'.repeat(257) }],
  ] as const)('[H2] %s refuses %j', async (name, body) => {
    expect(await api.refusal(name, { token, at: 'general', body })).toMatchObject({ status: 400, code: 'bad_request' })
  })

  test.each([
    'limit=',
    'limit=0',
    'limit=501',
    'limit=x',
    'limit=0x10',
    'limit=1.5',
    'limit=-1',
    'limit=1e2',
    'before=',
  ])('[H2] a page of messages refuses ?%s', async (query) => {
    const headers = { authorization: `Bearer ${token}` }
    const answer = await ask(deployment.url, 'GET', `/api/rooms/general/messages?${query}`, { headers })
    expect([answer.status, asRefusal(answer, query).code]).toEqual([400, 'bad_request'])
  })

  test.each(['unknown=1', 'limit=1&limit=2', 'after=1&after=1', '__proto__=1', 'constructor=1', 'before=1&after=1'])(
    '[H2][H16] a page of messages refuses ?%s',
    async (query) => {
      const headers = { authorization: `Bearer ${token}` }
      const answer = await ask(deployment.url, 'GET', `/api/rooms/general/messages?${query}`, { headers })
      expect([answer.status, asRefusal(answer, query).code]).toEqual([400, 'bad_request'])
    },
  )

  test('[H3] a body of 64 KiB is read, a bigger one is too large', async () => {
    const body = (bytes: number) => '{"name":"Somebody"}'.padEnd(bytes)
    const post = (text: string, headers = {}) => ask(deployment.url, 'POST', '/api/guests', { body: text, headers })
    expect((await post(body(65_536))).status).toBe(201)
    for (const bytes of [65_537, 300_000]) {
      const answer = await post(body(bytes))
      expect([answer.status, asRefusal(answer, 'guests').code]).toEqual([413, 'too_large'])
    }
    const multibyte = JSON.stringify({ name: '한'.repeat(22_000) })
    expect((await post(multibyte)).status).toBe(413)
  })
})

const rootToken = account('owner').then((owner) => owner.token)

describe('tokens', () => {
  test.each(needing('bearer', 'admin'))('[H4] %s needs a token that is good', async (name) => {
    const { token: ended } = await guest()
    await api.call('POST /api/logout', { token: ended })
    const forged = `${token.slice(0, -6)}AAAAAA`
    for (const bad of [undefined, '', 'nothing', forged, ended, `${token}x`]) {
      const refusal = await api.refusal(name, { token: bad, at: at(name) })
      expect([refusal.status, refusal.code, bad]).toEqual([401, 'unauthorized', bad])
    }
    for (const authorization of [token, `Token ${token}`, `Basic ${token}`]) {
      expect((await api.refusal(name, { at: at(name), headers: { authorization } })).status).toBe(401)
    }
  })

  test.each(needing('admin'))('[H5] %s is forbidden to every other bearer', async (name) => {
    const { token: guestToken } = await guest()
    for (const other of [token, guestToken]) {
      const body = 'body' in endpoints[name] ? bodies[name] : undefined
      const refusal = await api.refusal(name, { token: other, at: at(name), ...(body && { body }) })
      expect([refusal.status, refusal.code]).toEqual([403, 'forbidden'])
    }
  })

  const bodies: Partial<Record<EndpointName, object>> = {
    'POST /api/broadcasts': { text: 'text' },
    'POST /api/accounts': { name: 'Somebody', password: 'password' },
    'PATCH /api/accounts/{user}': { banned: true },
    'POST /api/bots': { name: 'Poet', runs: 'here' },
    'PATCH /api/bots/{user}': { banned: true },
    'POST /api/hooks': { room: 'general', name: 'Build' },
  }

  test('[H11] a token says that it is good for 24 hours', async () => {
    for (const { expiresAt } of [await guest(), await account()]) {
      const leftMs = Date.parse(expiresAt) - Date.now()
      expect(Math.abs(leftMs - 24 * 60 * 60 * 1000)).toBeLessThan(60_000)
    }
  })

  test('[H12] renew answers a new token for the same user and session', async () => {
    const person = await guest()
    const renewed = await api.call('POST /api/renew', { token: person.token })
    expect(renewed.user).toEqual(person.user)
    expect(Date.parse(renewed.expiresAt)).toBeGreaterThanOrEqual(Date.parse(person.expiresAt))
    expect((await connect({ ...person, token: renewed.token })).me.id).toBe(person.user.id)
    await api.call('POST /api/logout', { token: renewed.token })
    expect((await api.refusal('GET /api/me', { token: person.token })).status).toBe(401)
  })

  test('[H13] logout ends the session: its tokens and tickets are worth nothing, other sessions go on', async () => {
    const person = await account()
    const other = await login(person.user.name, person.password)
    const renewed = await api.call('POST /api/renew', { token: person.token })
    const { ticket } = await api.call('POST /api/tickets', { token: person.token })
    expect(await api.call('POST /api/logout', { token: person.token })).toBeUndefined()
    for (const ended of [person.token, renewed.token]) {
      for (const name of needing('bearer', 'admin')) {
        expect((await api.refusal(name, { token: ended, at: at(name) })).status).toBe(401)
      }
    }
    await expect(socket(person, { path: `/ws?ticket=${ticket}` })).rejects.toMatchObject({ status: 401 })
    expect((await api.call('GET /api/me', { token: other.token })).user.id).toBe(person.user.id)
  })
})

describe('documents', () => {
  test('[H24] health needs no token', async () => {
    expect(await api.call('GET /api/health')).toMatchObject({
      status: 'ok',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    })
  })

  // Functions tell what they have counted in their logs.
  test.each(behindGateway() ? [] : ['/metrics'])(
    '[H25] metrics are in the text format of Prometheus, without names of users and rooms: %s',
    async (path) => {
      const place = await room('public', ada)
      await say(ada, place, 'to be counted')
      const { status, headers, text } = await ask(deployment.url, 'GET', path)
      expect(status).toBe(200)
      expect(headers['content-type']).toMatch(/^text\/plain/)
      const sample = /^[a-zA-Z_:][a-zA-Z0-9_:]*(\{([a-z_]+="[^"]*",?)*\})? (\S+)$/
      const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
      expect(lines.length).toBeGreaterThan(5)
      for (const line of lines) expect(line).toMatch(sample)
      expect(lines.find((line) => line.startsWith('parley_frames_total{action="send"}'))).toBeDefined()
      for (const secret of [place, ada.me.name, ada.me.id, 'to be counted', token]) expect(text).not.toContain(secret)
    },
  )

  test('[H26] openapi.json has every end point, asyncapi.json every frame', async () => {
    const openapi = JSON.parse((await ask(deployment.url, 'GET', '/api/openapi.json')).text)
    expect(openapi.openapi).toMatch(/^3\.1\./)
    for (const name of [...names, 'GET /api/openapi.json', 'GET /api/asyncapi.json']) {
      const [method = '', path = ''] = name.split(' ')
      expect(openapi.paths[path]?.[method.toLowerCase()], name).toBeDefined()
    }
    const asyncapi = JSON.parse((await ask(deployment.url, 'GET', '/api/asyncapi.json')).text)
    expect(asyncapi.asyncapi).toMatch(/^3\.0\./)
    const text = JSON.stringify(asyncapi)
    const down = ['welcome', 'ok', 'pong', 'message', 'synced', 'page', 'room', 'members', 'left', 'presence', 'user']
    const frames = [...Object.keys(actions), ...down, 'typing', 'read', 'broadcast', 'error', 'bye']
    for (const frame of frames) expect(text).toContain(`"const":"${frame}"`)
  })

  test('[H27] config.json has the addresses of the HTTP API and the socket', async () => {
    const config = JSON.parse((await ask(deployment.url, 'GET', '/config.json')).text)
    expect(config.api).toBe(`${deployment.url}/api`)
    expect(config.socket).toBe(`${deployment.url.replace('http', 'ws')}/ws`)
    const headers = { host: 'localhost:9999' }
    const other = JSON.parse((await ask(deployment.url, 'GET', '/config.json', { headers })).text)
    expect(other.api).toBe('http://localhost:9999/api')
  })

  test('HEAD is answered as GET is, without a body', async () => {
    for (const path of ['/api/health', '/api/openapi.json', '/config.json', ...(behindGateway() ? [] : ['/metrics'])]) {
      const { status, text } = await ask(deployment.url, 'HEAD', path)
      expect([status, text]).toEqual([200, ''])
    }
  })
})
