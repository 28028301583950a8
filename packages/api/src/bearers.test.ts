import { joseTokens } from '@parley/core'
import { type Endpoint, endpoints } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import { testApi } from './test-api.ts'

const id = '00000000-0000-4000-8000-00000000ffff'
const day = 24 * 60 * 60 * 1000

/** A body that each end point takes, so that nothing but the bearer is at fault. */
const bodies: Readonly<Record<string, object>> = {
  'POST /api/password': { current: 'wrong horse', password: 'battery staple' },
  'POST /api/rooms/{room}/messages': { text: 'hi' },
  'POST /api/broadcasts': { text: 'hi' },
  'POST /api/accounts': { name: 'Zoe', password: 'battery staple' },
  'PATCH /api/accounts/{user}': { banned: false },
  'POST /api/bots': { name: 'Poet', runs: 'here' },
  'PATCH /api/bots/{user}': { banned: false },
  'POST /api/hooks': { room: 'general', name: 'Build' },
}

const closed = Object.entries(endpoints)
  .filter(([, { auth }]: [string, Endpoint]) => auth !== 'none')
  .map(([name, { auth }]) => {
    const [method = '', path = ''] = name.split(' ')
    const asked = { method, ...(bodies[name] && { body: bodies[name] }) }
    const filled = path.replace('{room}', 'general').replace('{user}', id).replace('{message}', id)
    return { name, auth, path: filled, asked }
  })
const ofAdmins = closed.filter(({ auth }) => auth === 'admin')

test('there are end points of both kinds', () => {
  expect(closed.length).toBeGreaterThan(10)
  expect(ofAdmins.length).toBeGreaterThan(3)
})

describe.each(closed)('[H4] $name is 401', ({ path, asked }) => {
  const refusal = { status: 401, body: { error: { code: 'unauthorized', message: expect.any(String) } } }

  test('without a token', async () => {
    const answered = await testApi().ask(path, asked)
    expect(answered).toMatchObject(refusal)
    expect(answered.headers.get('www-authenticate')).toBe('Bearer')
  })

  test.each([
    ['no token', 'Bearer nonsense'],
    ['another scheme', 'Basic QWRhOnBhc3N3b3Jk'],
    ['no scheme', 'nonsense'],
    ['nothing', ''],
  ])('with %s in its header', async (_what, authorization) => {
    expect(await testApi().ask(path, { ...asked, headers: { authorization } })).toMatchObject(refusal)
  })

  test('with a token that is forged', async () => {
    const { ask, person } = testApi()
    const { token, id: user } = await person('Ada', 'owner')
    const [head, payload, signature] = token.split('.')
    const forger = joseTokens(new TextEncoder().encode('a key that somebody else has chosen'))
    const claims = { user, session: id, issuedAt: 1, expiresAt: 4_000_000_000 }
    const unsigned = btoa('{"alg":"none"}').replaceAll('=', '')
    for (const forged of [
      await forger.sign(claims),
      `${unsigned}.${payload}.`,
      `${unsigned}.${payload}.${signature}`,
      `${head}.${payload}.${signature?.split('').reverse().join('')}`,
    ]) {
      expect(await ask(path, { ...asked, token: forged })).toMatchObject(refusal)
    }
  })

  test('with a token of a session that has ended', async () => {
    const { ask, chat, person } = testApi()
    const { token, id: user } = await person('Ada', 'owner')
    await chat.execute({ kind: 'system' }, { action: 'change-account', user, password: 'battery staple' })
    expect(await ask(path, { ...asked, token })).toMatchObject(refusal)
  })
})

describe.each(closed.filter(({ name }) => name !== 'POST /api/renew'))('[H4] $name is 401', ({ path, asked }) => {
  const refusal = { status: 401, body: { error: { code: 'unauthorized' } } }

  test('[H11] with a token that has expired, and not a moment before', async () => {
    const { ask, pass, person } = testApi()
    const { token } = await person('Ada', 'owner')
    pass(day - 1)
    expect((await ask(path, { ...asked, token })).status).not.toBe(401)
    const later = testApi()
    const expired = await later.person('Ada', 'owner')
    later.pass(day)
    expect(await later.ask(path, { ...asked, token: expired.token })).toMatchObject(refusal)
  })

  test('with a bad token, however wrong the rest is', async () => {
    const { ask } = testApi()
    expect(await ask(`${path}?what=ever`, { ...asked, token: 'nonsense' })).toMatchObject(refusal)
  })
})

describe.each(ofAdmins)('$name', ({ path, asked }) => {
  test.each(['guest', 'member'] as const)('[H5][V1] is forbidden to a %s', async (role) => {
    const { ask, guest, person } = testApi()
    const { token } = role === 'guest' ? await guest('Ada') : await person('Ada', role)
    const refusal = { status: 403, body: { error: { code: 'forbidden', message: expect.any(String) } } }
    expect(await ask(path, { ...asked, token })).toMatchObject(refusal)
  })

  test.each(['admin', 'owner'] as const)('[H5][V1] is not forbidden to an %s', async (role) => {
    const { ask, person } = testApi()
    const { token } = await person('Ada', role)
    expect([200, 201, 404]).toContain((await ask(path, { ...asked, token })).status)
  })
})
