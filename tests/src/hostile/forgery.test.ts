import { createHmac, randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { HandshakeRefused, openSocket } from '../harness/raw-client.ts'
import { newName, type Person, world } from '../harness/world.ts'

const { api, deployment, guest, account, member } = await world({ PARLEY_COMPAT: 'on' })
const root = await member('owner')
const ada = await account('admin')

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const read = (text = ''): Record<string, unknown> => JSON.parse(Buffer.from(text, 'base64url').toString())
const [head = '', claims = '', signature = ''] = ada.token.split('.')
const signed = (header: object, payload: object, key: string | Buffer, hash = 'sha256'): string => {
  const text = `${part(header)}.${part(payload)}`
  return `${text}.${createHmac(hash, key).update(text).digest('base64url')}`
}
const real = read(claims)
const hs256 = { alg: 'HS256', typ: 'JWT' }
const oneBitOff = Buffer.from(signature, 'base64url')
oneBitOff[0] = (oneBitOff[0] ?? 0) ^ 1

/** Tokens that the server has not made, of somebody who may do much. */
const forged: Readonly<Record<string, string>> = {
  'no algorithm': `${part({ alg: 'none' })}.${claims}.`,
  'no algorithm, in other letters': `${part({ alg: 'nOnE' })}.${claims}.`,
  'no algorithm, with the signature of another': `${part({ alg: 'none' })}.${claims}.${signature}`,
  'no header': `${part({})}.${claims}.${signature}`,
  'no signature': `${head}.${claims}.`,
  'another signature': `${head}.${claims}.${oneBitOff.toString('base64url')}`,
  'an empty key': signed(hs256, real, ''),
  'a key of zeros': signed(hs256, real, Buffer.alloc(32)),
  'a key of somebody else': signed(hs256, real, 'a key that somebody else has chosen'),
  'the file of the key for a key': signed(hs256, real, 'signing.key'),
  'a key that the header brings': signed(
    { ...hs256, jwk: { kty: 'oct', k: Buffer.alloc(32).toString('base64url') } },
    real,
    Buffer.alloc(32),
  ),
  'a key that the header names': signed({ ...hs256, kid: '/dev/null' }, real, ''),
  'a key that is to be fetched': signed({ ...hs256, jku: `${deployment.url}/api/health` }, real, 'x'),
  'another algorithm': signed({ alg: 'HS512' }, real, 'x', 'sha512'),
  'an algorithm of public keys': signed({ alg: 'RS256' }, real, 'x'),
  'a part that is critical': signed({ ...hs256, crit: ['exp'] }, real, 'x'),
  'another user': `${head}.${part({ ...real, sub: root.me.id })}.${signature}`,
  'another session': `${head}.${part({ ...real, sid: randomUUID() })}.${signature}`,
  'a later end': `${head}.${part({ ...real, exp: 4_000_000_000 })}.${signature}`,
  'no end': `${head}.${part({ ...real, exp: undefined })}.${signature}`,
  'another token for a signature': `${head}.${claims}.${root.person.token.split('.')[2]}`,
  'five parts': `${ada.token}.${signature}.${signature}`,
  'a list of tokens': `${ada.token},${ada.token}`,
}

const upgradeStatus = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<number> =>
  openSocket(deployment.url, { path, headers }).then(
    (socket) => socket.close().then(() => 101),
    (error: unknown) => (error instanceof HandshakeRefused ? error.status : Promise.reject(error)),
  )

test('the real token is taken', async () => {
  await api.call('GET /api/accounts', { token: ada.token })
  expect(await upgradeStatus('/ws', { authorization: `Bearer ${ada.token}` })).toBe(101)
})

test.each(Object.keys(forged))('[A5][H4] a token with %s is worth nothing, wherever it is shown', async (what) => {
  const token = forged[what] ?? ''
  for (const name of ['GET /api/me', 'POST /api/renew', 'POST /api/tickets', 'GET /api/accounts'] as const) {
    expect((await api.raw(name, { token })).status, name).toBe(401)
  }
  expect(await upgradeStatus('/ws', { authorization: `Bearer ${token}` })).toBe(401)
  expect(await upgradeStatus(`/ws?ticket=${encodeURIComponent(token)}`)).toBe(401)
  expect(await upgradeStatus(`/compat/prompt?token=Bearer%20${encodeURIComponent(token)}`)).toBe(400)
  const body = { secret: token.slice(0, 400), password: 'a new password' }
  expect((await api.raw('POST /api/password-links', { body })).status).toBe(401)
  expect((await api.raw('POST /api/first-owner', { body: { ...body, name: newName() } })).status).toBe(401)
})

describe('what is good for one thing', () => {
  test('[H4][H29][A5] is good for no other: links, tickets and tokens do not stand for each other', async () => {
    const token = root.person.token
    const { secret } = await api.call('POST /api/accounts/{user}/password-link', { token, at: ada.user.id })
    const { ticket } = await api.call('POST /api/tickets', { token: ada.token })
    for (const other of [secret, ticket]) {
      expect((await api.refusal('GET /api/me', { token: other })).code).toBe('unauthorized')
      expect((await api.refusal('POST /api/renew', { token: other })).code).toBe('unauthorized')
      expect(await upgradeStatus('/ws', { authorization: `Bearer ${other}` })).toBe(401)
    }
    expect(await upgradeStatus(`/ws?ticket=${secret}`)).toBe(401)
    for (const other of [ticket, ada.token]) {
      const body = { secret: other, password: 'a new password' }
      expect((await api.refusal('POST /api/password-links', { body })).code).toBe('unauthorized')
    }
    // None of that has used them up.
    expect(await upgradeStatus(`/ws?ticket=${ticket}`)).toBe(101)
  })
})

describe('a ticket of somebody else', () => {
  const ticketOf = async ({ token }: Person): Promise<string> => (await api.call('POST /api/tickets', { token })).ticket

  test('[A1][A2] is not made better by an own token, and is used up by being used', async () => {
    const [eve, bo] = [await guest(), await guest()]
    const path = `/ws?ticket=${await ticketOf(bo)}`
    const socket = await openSocket(deployment.url, { path, headers: { authorization: `Bearer ${eve.token}` } })
    expect((await socket.ask('welcome', { action: 'hello', v: 1 })).me.id).toBe(bo.user.id)
    await socket.close()
    expect(await upgradeStatus(path, { authorization: `Bearer ${eve.token}` })).toBe(401)
  })

  test('[A2] works once, also when it comes twice in one address, or in a header', async () => {
    const ticket = await ticketOf(await guest())
    expect(await upgradeStatus('/ws', { authorization: `Bearer ${ticket}` })).toBe(401)
    expect(await upgradeStatus(`/ws?ticket=${ticket}&ticket=${ticket}`)).toBe(101)
    expect(await upgradeStatus(`/ws?ticket=${ticket}&ticket=${ticket}`)).toBe(401)
  })
})

describe('pages from elsewhere', () => {
  const origin = 'https://evil.example'

  test('[A6] do not open sockets with a good ticket, and do not use it up', async () => {
    const { ticket } = await api.call('POST /api/tickets', { token: ada.token })
    for (const from of [origin, 'null', `${deployment.url}.evil.example`]) {
      expect(await upgradeStatus(`/ws?ticket=${ticket}`, { origin: from })).toBe(403)
    }
    expect(await upgradeStatus(`/ws?ticket=${ticket}`, { origin: deployment.url })).toBe(101)
  })

  test('[A6] change nothing by a form, which is sent without asking and with types that need no leave', async () => {
    const name = newName('Forged')
    const forms = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']
    for (const type of forms) {
      const headers = { origin, 'content-type': type, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }
      const answer = await api.raw('POST /api/guests', { body: { name }, headers })
      expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([403, undefined])
    }
    const { users } = await api.call('GET /api/users', { token: ada.token, query: { q: name } })
    expect(users).toEqual([])
  })

  test('[A6] get no leave to read or send, and no cookie is ever set', async () => {
    const answers = [
      await api.raw('GET /api/me', { token: ada.token, headers: { origin } }),
      await api.raw('POST /api/login', { body: { username: ada.user.name, password: ada.password } }),
      await api.raw('POST /api/guests', { body: { name: newName() } }),
    ]
    for (const { headers } of answers) {
      expect(headers['access-control-allow-origin']).toBeUndefined()
      expect(headers['access-control-allow-credentials']).toBeUndefined()
      expect(headers['set-cookie']).toBeUndefined()
    }
  })
})
