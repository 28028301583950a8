import { describe, expect, test } from 'vitest'
import { passwordOf, type TestBearer, testApi } from './test-api.ts'

const forbidden = { status: 403, body: { error: { code: 'forbidden', message: expect.any(String) } } }
const unknown = '00000000-0000-4000-8000-00000000ffff'

test('[B3] a broadcast is answered 201, and told to every socket', async () => {
  const { ask, connect, person, guest } = testApi()
  const ada = await person('Ada', 'admin')
  const sockets = [await connect(ada), await connect(await guest('Bo'))]
  for (const socket of sockets) socket.forget()
  const { status, body } = await ask('/api/broadcasts', { token: ada.token, body: { text: 'to all' } })
  expect(status).toBe(201)
  expect(body).toMatchObject({ broadcast: { text: 'to all', from: { id: ada.id } } })
  const { broadcast } = body as { broadcast: object }
  for (const { heard } of sockets) expect(heard).toEqual([{ type: 'broadcast', ...broadcast }])
})

test('[H17] a message that came over HTTP is told to all sockets of the room, those of its sender too', async () => {
  const { ask, connect, person, guest } = testApi()
  const ada = await person('Ada')
  const sockets = [await connect(ada), await connect(await guest('Bo'))]
  for (const socket of sockets) socket.forget()
  const { body } = await ask('/api/rooms/general/messages', { token: ada.token, body: { text: 'hi' } })
  for (const { heard } of sockets) expect(heard).toEqual([{ type: 'message', ...(body as object) }])
})

test('[C3][H13] logging out closes the sockets of that session, and no other', async () => {
  const { ask, connect, person, guest } = testApi()
  const ada = await person('Ada')
  const [own, other] = [await connect(ada), await connect(await guest('Bo'))]
  await ask('/api/logout', { method: 'POST', token: ada.token })
  expect(own?.closed).toMatchObject({ code: 4401 })
  expect(other?.closed).toBeUndefined()
})

test('[H19][H20] connections are listed with what they said last, the newest first', async () => {
  const { ask, connect, person, guest, pass } = testApi()
  const { token } = await person('Ada', 'admin')
  const first = await connect(await guest('Bo'))
  await first.say({ action: 'send', room: 'general', id: unknown, text: 'hi' })
  pass(1000)
  await first.close()
  const second = await connect(await guest('Cy'))
  const { body } = await ask('/api/connections', { token })
  expect(body).toMatchObject({
    connections: [
      { id: second.connection.id, user: { name: 'Cy' }, disconnectedAt: null, latestMessage: null },
      {
        id: first.connection.id,
        user: { name: 'Bo' },
        disconnectedAt: '2026-01-01T00:00:01.000Z',
        latestMessage: { room: 'general', text: 'hi' },
      },
    ],
    more: false,
  })
  const rest = await ask(`/api/connections?after=${encodeURIComponent(second.connection.id)}`, { token })
  expect((rest.body as { connections: object[] }).connections).toMatchObject([{ id: first.connection.id }])
})

test('[H20] a connection that spoke last in a private room is listed without its words', async () => {
  const { ask, connect, person } = testApi()
  const { token } = await person('Ada', 'admin')
  const socket = await connect(await person('Bo'))
  await socket.say({ action: 'create', room: 'cellar', kind: 'private' })
  await socket.say({ action: 'send', room: 'cellar', id: unknown, text: 'hidden words' })
  const { body, text } = await ask('/api/connections', { token })
  expect(body).toMatchObject({ connections: [{ latestMessage: { room: 'cellar' } }] })
  expect(text).not.toContain('hidden words')
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
    const taken = await ask('/api/accounts', { token, body: { name: 'ADA', password: passwordOf('Ada') } })
    expect(taken).toMatchObject({ status: 409, body: { error: { code: 'conflict' } } })
  })

  test('[H22][C4] that are banned are signed out, and come back when they are let in again', async () => {
    const { ask, person } = testApi()
    const { token } = await person('Ada', 'admin')
    const bo = await person('Bo')
    const change = (body: object) => ask(`/api/accounts/${bo.id}`, { method: 'PATCH', token, body })
    expect(await change({ banned: true })).toMatchObject({ status: 200, body: { account: { banned: true } } })
    expect([401, 403]).toContain((await ask('/api/me', { token: bo.token })).status)
    expect((await ask('/api/login', { body: { username: 'Bo', password: passwordOf('Bo') } })).status).toBe(403)
    await change({ banned: false })
    expect((await ask('/api/login', { body: { username: 'Bo', password: passwordOf('Bo') } })).status).toBe(200)
  })

  test('[H22] get a new password', async () => {
    const { ask, person } = testApi()
    const { token } = await person('Ada', 'admin')
    const bo = await person('Bo')
    await ask(`/api/accounts/${bo.id}`, { method: 'PATCH', token, body: { password: 'battery staple' } })
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
    const make = ({ token }: TestBearer, name: string) =>
      ask('/api/accounts', { token, body: { name, password: passwordOf(name), role } })
    const appoint = ({ token }: TestBearer) => ask(`/api/accounts/${bo.id}`, { method: 'PATCH', token, body: { role } })
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
    const ban = ({ token }: TestBearer) =>
      ask(`/api/accounts/${target.id}`, { method: 'PATCH', token, body: { banned: true } })
    expect(await ban(admin)).toMatchObject(forbidden)
    expect((await ask('/api/me', { token: target.token })).status).toBe(200)
    expect((await ban(owner)).status).toBe(200)
  })
})
