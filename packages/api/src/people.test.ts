import { describe, expect, test } from 'vitest'
import { passwordOf, testApi } from './test-api.ts'

const hour = 60 * 60 * 1000
const day = 24 * hour
const password = passwordOf('Ada')
const forbidden = { error: { code: 'forbidden', message: expect.any(String) } }
const unauthorized = { error: { code: 'unauthorized', message: expect.any(String) } }

describe('guests', () => {
  test('[H7][H11] come in with a name, become members of general, and hold a token for a day', async () => {
    const { ask } = testApi()
    const { status, body } = await ask('/api/guests', { body: { name: '  Ada ' } })
    expect(status).toBe(201)
    expect(body).toEqual({
      token: expect.any(String),
      expiresAt: '2026-01-02T00:00:00.000Z',
      user: { id: expect.any(String), name: 'Ada', kind: 'guest', role: 'guest' },
    })
    const { token } = body as { token: string }
    const rooms = await ask('/api/rooms', { token })
    expect(rooms.body).toMatchObject({ rooms: [{ id: 'general', member: true }], more: false })
  })

  test('[H8] are refused where they are not welcome', async () => {
    const { ask } = testApi()
    const answered = await ask('/api/guests', { body: { name: 'Ada' }, headers: { 'x-forwarded-for': '127.0.0.1' } })
    expect(answered).toMatchObject({ status: 403, body: forbidden })
  })

  test('[W4] may not take the name of an account', async () => {
    const { ask, person } = testApi()
    await person('Ada')
    const answered = await ask('/api/guests', { body: { name: 'ADA' } })
    expect(answered).toMatchObject({ status: 409, body: { error: { code: 'conflict' } } })
  })

  test.each(['', '   ', '#Ada', 'a\u202eb', 'x'.repeat(41)])('[W1][W2][W3] may not be called %j', async (name) => {
    const { ask } = testApi()
    const answered = await ask('/api/guests', { body: { name } })
    expect(answered).toMatchObject({ status: 400, body: { error: { message: expect.stringMatching(/^name: /) } } })
  })

  test('[H6][L4] are limited for each address, whatever they say theirs is, and told when to try again', async () => {
    let address = '192.0.2.1'
    const { ask, pass } = testApi({ framesPerSecond: 1, addressOf: () => address, guests: () => true })
    let answered = await ask('/api/guests', { body: { name: 'Ada' } })
    for (let tries = 0; answered.status === 201 && tries < 100; tries += 1) {
      const headers = { 'x-forwarded-for': `192.0.2.${tries}` }
      answered = await ask('/api/guests', { body: { name: 'Ada' }, headers })
    }
    expect(answered).toMatchObject({ status: 429, body: { error: { code: 'rate_limited' } } })
    const wait = answered.headers.get('retry-after') ?? ''
    expect(wait).toMatch(/^[1-9][0-9]*$/)
    pass(Number(wait) * 1000)
    expect((await ask('/api/guests', { body: { name: 'Ada' } })).status).toBe(201)
    expect((await ask('/api/guests', { body: { name: 'Ada' } })).status).toBe(429)
    address = '192.0.2.2'
    expect((await ask('/api/guests', { body: { name: 'Ada' } })).status).toBe(201)
  })
})

describe('signing in', () => {
  test('[H9] takes the name in whatever case', async () => {
    const { ask, person } = testApi()
    await person('Ada', 'admin')
    const { status, body } = await ask('/api/login', { body: { username: 'aDA', password } })
    expect(status).toBe(200)
    expect(body).toMatchObject({ user: { name: 'Ada', kind: 'person', role: 'admin' } })
    const me = await ask('/api/me', { token: (body as { token: string }).token })
    expect(me.body).toEqual({ user: (body as { user: object }).user })
  })

  test('[H10] answers a wrong password as it answers an unknown name', async () => {
    const { ask, person } = testApi()
    await person('Ada')
    const wrong = await ask('/api/login', { body: { username: 'Ada', password: 'wrong horse' } })
    const unknown = await ask('/api/login', { body: { username: 'Bo', password: 'wrong horse' } })
    expect(wrong).toMatchObject({ status: 401, body: unauthorized })
    expect(unknown.text).toBe(wrong.text)
    expect([...unknown.headers]).toEqual([...wrong.headers])
  })

  test('[H10] of a banned user is forbidden', async () => {
    const { ask, chat, person } = testApi()
    const { id: user } = await person('Ada')
    await chat.execute({ kind: 'system' }, { action: 'change-account', user, banned: true })
    const answered = await ask('/api/login', { body: { username: 'Ada', password } })
    expect(answered).toMatchObject({ status: 403, body: forbidden })
  })

  test('[L4] is limited for each account name, right password or wrong', async () => {
    const { ask, person } = testApi({ framesPerSecond: 1 })
    await person('Ada')
    let tries = 0
    let status = 401
    while (status === 401 && tries < 100) {
      ;({ status } = await ask('/api/login', { body: { username: 'Ada', password: 'wrong horse' } }))
      tries += 1
    }
    const right = await ask('/api/login', { body: { username: 'Ada', password } })
    expect(right).toMatchObject({ status: 429, body: { error: { code: 'rate_limited' } } })
  })
})

describe('renewing', () => {
  test('[H12] answers a new token for one that has expired, while its session lasts', async () => {
    const { ask, pass, person } = testApi()
    const { token } = await person('Ada')
    pass(29 * day)
    expect(await ask('/api/me', { token })).toMatchObject({ status: 401, body: unauthorized })
    const renewed = await ask('/api/renew', { method: 'POST', token })
    expect(renewed).toMatchObject({ status: 200, body: { expiresAt: '2026-01-31T00:00:00.000Z' } })
    pass(2 * hour)
    const fresh = (renewed.body as { token: string }).token
    expect((await ask('/api/me', { token: fresh })).status).toBe(200)
    pass(31 * day)
    expect((await ask('/api/renew', { method: 'POST', token: fresh })).status).toBe(401)
  })

  test('[H13] is over for a session that has ended', async () => {
    const { ask, person } = testApi()
    const { token } = await person('Ada')
    await ask('/api/logout', { method: 'POST', token })
    expect(await ask('/api/renew', { method: 'POST', token })).toMatchObject({ status: 401, body: unauthorized })
  })
})

test('[H13] logging out ends one session, and leaves the others of the user alone', async () => {
  const { ask, person } = testApi()
  const { token } = await person('Ada')
  const other = await ask('/api/login', { body: { username: 'Ada', password } })
  expect(await ask('/api/logout', { method: 'POST', token })).toMatchObject({ status: 204, text: '' })
  expect(await ask('/api/me', { token })).toMatchObject({ status: 401, body: unauthorized })
  expect((await ask('/api/me', { token: (other.body as { token: string }).token })).status).toBe(200)
})

describe('passwords', () => {
  test('[H14] are changed by who knows the current one', async () => {
    const { ask, person } = testApi()
    const { token } = await person('Ada')
    const set = (current: string, next: string) => ask('/api/password', { token, body: { current, password: next } })
    expect(await set('wrong horse', 'battery staple')).toMatchObject({ status: 403, body: forbidden })
    expect((await set(password, 'battery staple')).status).toBe(204)
    expect((await ask('/api/login', { body: { username: 'Ada', password } })).status).toBe(401)
    const signedIn = await ask('/api/login', { body: { username: 'Ada', password: 'battery staple' } })
    expect(signedIn.status).toBe(200)
  })

  test.each([
    ['seven77', 400],
    ['eight888', 204],
    ['x'.repeat(256), 204],
    ['x'.repeat(257), 400],
  ])('[H14] %j as a new one is answered %i', async (next, status) => {
    const { ask, person } = testApi()
    const { token } = await person('Ada')
    expect((await ask('/api/password', { token, body: { current: password, password: next } })).status).toBe(status)
  })

  test('[H14] guests have none', async () => {
    const { ask, guest } = testApi()
    const { token } = await guest('Ada')
    const answered = await ask('/api/password', { token, body: { current: '', password: 'battery staple' } })
    expect(answered).toMatchObject({ status: 403, body: forbidden })
  })
})

test('[A1][A2][A3] a ticket names its user once, for half a minute', async () => {
  const { ask, chat, guest } = testApi()
  const { token, id: user } = await guest('Ada')
  const { status, body } = await ask('/api/tickets', { method: 'POST', token })
  expect({ status, body }).toEqual({
    status: 201,
    body: { ticket: expect.any(String), expiresAt: '2026-01-01T00:00:30.000Z' },
  })
  const { ticket } = body as { ticket: string }
  const redeem = () =>
    chat.execute({ kind: 'nobody', address: '', mayBeGuest: false }, { action: 'redeem-ticket', ticket })
  expect(await redeem()).toMatchObject({ user })
  expect(await redeem()).toMatchObject({ refused: 'unauthorized' })
})

test('[H18] users are found by the beginning of their name, whatever its case', async () => {
  const { ask, guest } = testApi()
  const { token } = await guest('Ada')
  await guest('adam')
  await guest('Bo')
  const names = async (query: string) => {
    const { body } = await ask(`/api/users${query}`, { token })
    return (body as { users: { name: string }[] }).users.map(({ name }) => name).sort()
  }
  expect(await names('?q=AD')).toEqual(['Ada', 'adam'])
  expect(await names('?q=')).toEqual(['Ada', 'Bo', 'adam'])
  expect(await names('')).toEqual(['Ada', 'Bo', 'adam'])
  expect(await names('?q=%25')).toEqual([])
})
