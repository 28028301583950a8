import type { SignedIn } from '@parley/core'
import type { ConnectionId } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import { password, type TestApi, testApi } from './test-api.ts'

const forbidden = { status: 403, body: { error: { code: 'forbidden', message: expect.any(String) } } }
const unknown = '00000000-0000-4000-8000-00000000ffff'

/** Opens a socket of a user, and greets. */
const connect = async ({ chat }: TestApi, { token }: SignedIn, name: string) => {
  const bearer = await chat.execute(
    { kind: 'nobody', address: '', mayBeGuest: false },
    { action: 'authenticate', token },
  )
  if ('refused' in bearer) throw new Error(bearer.message)
  const connection = { id: name as ConnectionId, dialect: 'parley', ...bearer }
  await chat.open(connection)
  await chat.receive(connection, '{"action":"hello","v":1}')
  return connection
}

test('[B3] a broadcast is answered 201, and told to every socket', async () => {
  const server = testApi()
  const ada = await server.person('Ada', 'admin')
  const bo = await server.guest('Bo')
  await connect(server, ada, 'of Ada')
  await connect(server, bo, 'of Bo')
  const { status, body } = await server.ask('/api/broadcasts', { token: ada.token, body: { text: 'to all' } })
  expect(status).toBe(201)
  expect(body).toMatchObject({ broadcast: { text: 'to all', from: { id: ada.user.id } } })
  const told = server.heard.filter(({ frame }) => frame.includes('to all'))
  expect(told.flatMap(({ to }) => to).sort()).toEqual(['of Ada', 'of Bo'])
  expect(told.map(({ frame }) => JSON.parse(frame))).toEqual([
    { type: 'broadcast', ...(body as { broadcast: object }).broadcast },
  ])
})

test('[H19][H20] connections are listed with what they said last, the newest first', async () => {
  const server = testApi()
  const ada = await server.person('Ada', 'admin')
  const first = await connect(server, await server.guest('Bo'), 'first')
  const text = { action: 'send', room: 'general', id: unknown, text: 'hi' }
  await server.chat.receive(first, JSON.stringify(text))
  server.pass(1000)
  await server.chat.close(first.id)
  await connect(server, ada, 'second')
  const { body } = await server.ask('/api/connections', { token: ada.token })
  expect(body).toMatchObject({
    connections: [
      { id: 'second', user: { name: 'Ada' }, disconnectedAt: null, latestMessage: null },
      {
        id: 'first',
        user: { name: 'Bo' },
        disconnectedAt: '2026-01-01T00:00:01.000Z',
        latestMessage: { room: 'general', text: 'hi' },
      },
    ],
    more: false,
  })
  const rest = await server.ask('/api/connections?after=second', { token: ada.token })
  expect(rest.body).toMatchObject({ connections: [{ id: 'first' }] })
})

describe('accounts', () => {
  test('[H21] are made and listed, without a word of passwords', async () => {
    const { ask, person, guest } = testApi()
    const { token } = await person('Ada', 'admin')
    await guest('Bo')
    const made = await ask('/api/accounts', { token, body: { name: 'Cy', password: 'battery staple' } })
    expect(made).toMatchObject({ status: 201, body: { account: { name: 'Cy', role: 'member', banned: false } } })
    const listed = await ask('/api/accounts', { token })
    expect(listed.body).toMatchObject({ accounts: [{ name: 'Ada' }, { name: 'Cy' }], more: false })
    expect(made.text + listed.text).not.toMatch(/password|hash|battery/)
    const { accounts } = listed.body as { accounts: { id: string }[] }
    const rest = await ask(`/api/accounts?after=${accounts[0]?.id}`, { token })
    expect(rest.body).toMatchObject({ accounts: [{ name: 'Cy' }] })
    const signedIn = await ask('/api/login', { body: { username: 'Cy', password: 'battery staple' } })
    expect(signedIn.status).toBe(200)
  })

  test('[H21] of a taken name are 409', async () => {
    const { ask, person } = testApi()
    const { token } = await person('Ada', 'admin')
    const taken = await ask('/api/accounts', { token, body: { name: 'ADA', password } })
    expect(taken).toMatchObject({ status: 409, body: { error: { code: 'conflict' } } })
  })

  test('[H22][C4] that are banned are signed out, and come back when they are let in again', async () => {
    const { ask, person } = testApi()
    const { token } = await person('Ada', 'admin')
    const bo = await person('Bo')
    const change = (body: object) => ask(`/api/accounts/${bo.user.id}`, { method: 'PATCH', token, body })
    expect(await change({ banned: true })).toMatchObject({ status: 200, body: { account: { banned: true } } })
    expect([401, 403]).toContain((await ask('/api/me', { token: bo.token })).status)
    expect((await ask('/api/login', { body: { username: 'Bo', password } })).status).toBe(403)
    await change({ banned: false })
    expect((await ask('/api/login', { body: { username: 'Bo', password } })).status).toBe(200)
  })

  test('[H22] get a new password', async () => {
    const { ask, person } = testApi()
    const { token } = await person('Ada', 'admin')
    const bo = await person('Bo')
    await ask(`/api/accounts/${bo.user.id}`, { method: 'PATCH', token, body: { password: 'battery staple' } })
    expect((await ask('/api/me', { token: bo.token })).status).toBe(401)
    expect((await ask('/api/login', { body: { username: 'Bo', password: 'battery staple' } })).status).toBe(200)
  })

  test('[H22] that do not exist are 404, and of no id 400', async () => {
    const { ask, person } = testApi()
    const { token } = await person('Ada', 'admin')
    const change = (user: string) => ask(`/api/accounts/${user}`, { method: 'PATCH', token, body: { banned: true } })
    expect(await change(unknown)).toMatchObject({ status: 404, body: { error: { code: 'not_found' } } })
    for (const user of ['Ada', '__proto__', unknown.toUpperCase(), '%00']) {
      expect(await change(user)).toMatchObject({
        status: 400,
        body: { error: { message: expect.stringMatching(/^user: /) } },
      })
    }
  })

  test.each(['admin', 'owner'] as const)('[H23] only an owner makes an %s', async (role) => {
    const { ask, person } = testApi()
    const admin = await person('Ada', 'admin')
    const owner = await person('Olga', 'owner')
    const bo = await person('Bo')
    const make = ({ token }: SignedIn, name: string) => ask('/api/accounts', { token, body: { name, password, role } })
    const appoint = ({ token }: SignedIn) =>
      ask(`/api/accounts/${bo.user.id}`, { method: 'PATCH', token, body: { role } })
    expect(await make(admin, 'Cy')).toMatchObject(forbidden)
    expect(await appoint(admin)).toMatchObject(forbidden)
    expect(await make(owner, 'Cy')).toMatchObject({ status: 201, body: { account: { role } } })
    expect(await appoint(owner)).toMatchObject({ status: 200, body: { account: { role } } })
  })

  test.each([
    { name: 'admin', role: 'admin' },
    { name: 'owner', role: 'owner' },
  ] as const)("[H23] only an owner changes an $role's", async ({ role }) => {
    const { ask, person } = testApi()
    const admin = await person('Ada', 'admin')
    const owner = await person('Olga', 'owner')
    const target = await person('Tom', role)
    const ban = ({ token }: SignedIn) =>
      ask(`/api/accounts/${target.user.id}`, { method: 'PATCH', token, body: { banned: true } })
    expect(await ban(admin)).toMatchObject(forbidden)
    expect((await ask('/api/me', { token: target.token })).status).toBe(200)
    expect((await ban(owner)).status).toBe(200)
  })
})
