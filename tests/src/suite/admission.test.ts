import { describe, expect, test } from 'vitest'
import { codeIn } from '../harness/gateway.ts'
import { ask } from '../harness/http.ts'
import { HandshakeRefused, openSocket, type SocketOptions } from '../harness/raw-client.ts'
import { newName, type Person, world } from '../harness/world.ts'

const { api, deployment, guest, connect } = await world()

const ticketOf = async ({ token }: Person): Promise<string> => (await api.call('POST /api/tickets', { token })).ticket

/** How an upgrade was refused. */
const refusedUpgrade = async (options: SocketOptions): Promise<HandshakeRefused> => {
  const opened = await openSocket(deployment.url, options).catch((error: unknown) => error)
  if (opened instanceof HandshakeRefused) return opened
  throw new Error(`not refused: ${opened}`)
}
const codeOf = ({ status, body }: HandshakeRefused): string => codeIn({ status, text: body })

describe('tickets', () => {
  test('[A1] a ticket opens a socket for the user who fetched it', async () => {
    const ada = await guest()
    const socket = await openSocket(deployment.url, { path: `/ws?ticket=${await ticketOf(ada)}` })
    const { me } = await socket.ask('welcome', { action: 'hello', v: 1 })
    expect(me).toEqual(ada.user)
    await socket.close()
  })

  test('[A2] a ticket works once', async () => {
    const path = `/ws?ticket=${await ticketOf(await guest())}`
    const socket = await openSocket(deployment.url, { path })
    const again = await refusedUpgrade({ path })
    expect(again.status).toBe(401)
    expect(codeOf(again)).toBe('unauthorized')
    await socket.close()
  })

  test('[A2] of ten upgrades at once with one ticket one opens', async () => {
    const path = `/ws?ticket=${await ticketOf(await guest())}`
    const attempts = await Promise.allSettled(Array.from({ length: 10 }, () => openSocket(deployment.url, { path })))
    const opened = attempts.filter((attempt) => attempt.status === 'fulfilled')
    expect(opened).toHaveLength(1)
    for (const { value } of opened) await value.close()
  })

  test('[A3] a ticket says that it ends within 30 seconds', async () => {
    const { expiresAt } = await api.call('POST /api/tickets', { token: (await guest()).token })
    const leftMs = Date.parse(expiresAt) - Date.now()
    expect(leftMs).toBeGreaterThan(0)
    expect(leftMs).toBeLessThanOrEqual(30_000)
  })
})

describe('tokens on the upgrade', () => {
  test('[A4] a bearer token in a header opens a socket', async () => {
    const ada = await guest()
    expect((await connect(ada)).me).toEqual(ada.user)
  })

  test('[A5] nothing opens a socket but a good ticket or token', async () => {
    const { token } = await guest()
    const [head, , signature] = token.split('.')
    const payload = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url')
    const attempts: SocketOptions[] = [
      {},
      { path: '/ws?ticket=' },
      { path: '/ws?ticket=nothing' },
      { path: `/ws?token=${token}` },
      { path: `/ws?ticket=${token}` },
      { headers: { authorization: 'Bearer ' } },
      { headers: { authorization: 'Bearer nothing' } },
      { headers: { authorization: token } },
      { headers: { authorization: `Basic ${token}` } },
      { headers: { authorization: `Bearer ${token.slice(0, -4)}AAAA` } },
      { headers: { authorization: `Bearer ${head}.${payload}.${signature}` } },
      { headers: { authorization: `Bearer ${payload}.${token.split('.')[1]}.` } },
    ]
    for (const attempt of attempts) {
      const refused = await refusedUpgrade(attempt)
      expect([refused.status, codeOf(refused)], JSON.stringify(attempt)).toEqual([401, 'unauthorized'])
    }
  })

  test('[A5] a ticket and a token of a session that has ended open nothing', async () => {
    const ada = await guest()
    const ticket = await ticketOf(ada)
    await api.call('POST /api/logout', { token: ada.token })
    expect((await refusedUpgrade({ path: `/ws?ticket=${ticket}` })).status).toBe(401)
    expect((await refusedUpgrade({ headers: { authorization: `Bearer ${ada.token}` } })).status).toBe(401)
  })
})

const strangers = [
  'https://evil.example',
  'http://127.0.0.1.evil.example',
  'http://localhost.evil.example:80',
  'http://evil.example/http://localhost',
  'null',
  'file://',
  '',
]
const ownPages = ['http://localhost', 'http://localhost:3000', 'https://127.0.0.1:8443', 'http://[::1]:8080']

describe('origins', () => {
  test.each(strangers)('[A6] a socket and a change asked for by a page of %j are refused', async (origin) => {
    const ada = await guest()
    const refused = await refusedUpgrade({ headers: { authorization: `Bearer ${ada.token}`, origin } })
    expect([refused.status, codeOf(refused)]).toEqual([403, 'forbidden'])
    const change = await api.refusal('POST /api/guests', { body: { name: newName() }, headers: { origin } })
    expect([change.status, change.code]).toEqual([403, 'forbidden'])
  })

  test.each(ownPages)('[A6] a socket and a change asked for by a page of %s are not', async (origin) => {
    const { token } = await api.call('POST /api/guests', { body: { name: newName() }, headers: { origin } })
    const socket = await openSocket(deployment.url, { headers: { authorization: `Bearer ${token}`, origin } })
    await socket.close()
  })

  test('[A6] what changes nothing is not refused for its origin', async () => {
    const { token } = await guest()
    const headers = { origin: 'https://evil.example' }
    expect((await api.raw('GET /api/me', { token, headers })).status).toBe(200)
    expect((await ask(deployment.url, 'HEAD', '/api/health', { headers })).status).toBe(200)
    for (const method of ['PUT', 'PATCH', 'DELETE', 'POST']) {
      expect((await ask(deployment.url, method, '/api/me', { headers })).status, method).toBe(403)
    }
  })
})

const strangeHosts = ['evil.example', 'evil.example:8080', '127.0.0.1.evil.example', 'localhost.']

describe('hosts', () => {
  test.each(strangeHosts)('[A7] a request and an upgrade for the host %s are answered 421', async (host) => {
    const ada = await guest()
    for (const path of ['/api/health', '/api/me', '/config.json', '/']) {
      const answer = await ask(deployment.url, 'GET', path, { headers: { host } })
      expect(answer.status, path).toBe(421)
      expect(codeIn(answer)).toBe('bad_request')
    }
    const refused = await refusedUpgrade({ headers: { authorization: `Bearer ${ada.token}`, host } })
    expect([refused.status, codeOf(refused)]).toEqual([421, 'bad_request'])
  })

  test.each(['127.0.0.1@evil.example', 'a b', 'localhost:x', '[::1', 'evil.example/localhost'])(
    '[A7][H1] the host %s, which is none, is refused in the same form',
    async (host) => {
      const answer = await ask(deployment.url, 'GET', '/api/health', { headers: { host } })
      expect([400, 421]).toContain(answer.status)
      expect(codeIn(answer)).toBe('bad_request')
    },
  )

  test.each(['localhost', 'LOCALHOST:1', '127.0.0.1:9', '[::1]:80'])('[A7] %s is a host of ours', async (host) => {
    expect((await ask(deployment.url, 'GET', '/api/health', { headers: { host } })).status).toBe(200)
  })
})

test('an upgrade elsewhere than at the socket opens nothing', async () => {
  const { token } = await guest()
  for (const path of ['/', '/api/me', '/ws/', '/wss', '//ws', '/WS']) {
    const refused = await refusedUpgrade({ path, headers: { authorization: `Bearer ${token}` } })
    expect(refused.status, path).toBe(404)
  }
})
