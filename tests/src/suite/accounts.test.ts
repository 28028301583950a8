import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { newName, type Person, settled, world } from '../harness/world.ts'

const { api, guest, account, login, connect, member, socket, visitor } = await world()
const [owner, admin] = [await account('owner'), await account('admin')]
const ada = await member()

const patch = (by: Person, user: string, body: object) =>
  api.call('PATCH /api/accounts/{user}', { token: by.token, at: user, body })
const refusedPatch = (by: Person, user: string, body: object) =>
  api.refusal('PATCH /api/accounts/{user}', { token: by.token, at: user, body })
const refusedLogin = (username: string, password: string) =>
  api.refusal('POST /api/login', { body: { username, password } })

describe('signing in', () => {
  test('[H9] takes the name in whatever case and form', async () => {
    const person = await account('member', newName('Zoë'))
    const { name } = person.user
    for (const written of [name, name.toUpperCase(), name.toLowerCase(), ` ${name} `, name.normalize('NFD')]) {
      expect((await login(written, person.password)).user).toEqual(person.user)
    }
  })

  test('[H9] as a guest of that name, or with a password that differs by anything, is refused', async () => {
    const person = await account()
    const { name } = person.user
    const others = [person.password.toUpperCase(), ` ${person.password}`, `${person.password} `, '', 'x'.repeat(256)]
    for (const password of others) expect((await refusedLogin(name, password)).status).toBe(401)
    const stranger = await guest()
    expect((await refusedLogin(stranger.user.name, '')).status).toBe(401)
  })

  test('[H10] answers an unknown name and a wrong password alike, after the same work', async () => {
    const person = await account()
    const times: Record<string, number[]> = { known: [], unknown: [] }
    const texts = new Set<string>()
    for (let round = 0; round < 7; round += 1) {
      for (const [kind, name] of [
        ['known', person.user.name],
        ['unknown', newName('Nobody')],
      ] as const) {
        const began = performance.now()
        const refusal = await refusedLogin(name, 'a wrong password')
        times[kind]?.push(performance.now() - began)
        texts.add(`${refusal.status} ${refusal.text}`)
      }
    }
    expect(texts.size).toBe(1)
    expect([...texts][0]).toMatch(/^401 .*unauthorized/)
    const best = (kind: string) => Math.min(...(times[kind] ?? []))
    expect(best('unknown')).toBeGreaterThan(best('known') / 3)
    expect(best('known')).toBeGreaterThan(best('unknown') / 3)
  })

  test('[H10] of a banned user is forbidden with the right password, and unauthorized with a wrong one', async () => {
    const person = await account()
    await patch(admin, person.user.id, { banned: true })
    expect((await refusedLogin(person.user.name, person.password)).code).toBe('forbidden')
    expect((await refusedLogin(person.user.name, 'a wrong password')).code).toBe('unauthorized')
  })
})

describe('passwords', () => {
  test('[H14] a new one needs the current one, and ends the other sessions', async () => {
    const person = await account()
    const other = await connect(await login(person.user.name, person.password))
    const own = await connect(person)
    const change = (current: string, password: string) => ({ token: person.token, body: { current, password } })
    expect((await api.refusal('POST /api/password', change('a wrong one', 'another password'))).code).toBe('forbidden')
    for (const password of ['1234567', 'x'.repeat(257)]) {
      expect((await api.refusal('POST /api/password', change(person.password, password))).code).toBe('bad_request')
    }
    expect(other.waiting('bye')).toEqual([])
    await api.call('POST /api/password', change(person.password, 'x'.repeat(256)))
    expect((await other.closed).code).toBe(4401)
    expect((await api.refusal('GET /api/me', { token: other.person.token })).status).toBe(401)
    await own.ask('pong', { action: 'ping' })
    await api.call('GET /api/me', { token: person.token })
    expect((await refusedLogin(person.user.name, person.password)).status).toBe(401)
    await login(person.user.name, 'x'.repeat(256))
  })

  test('[H14] is not for guests', async () => {
    const { token } = await guest()
    const body = { current: 'password', password: 'another password' }
    expect((await api.refusal('POST /api/password', { token, body })).code).toBe('forbidden')
  })
})

describe('accounts', () => {
  test('[H21] are listed by id, without guests and passwords', async () => {
    const person = await account()
    const stranger = await guest()
    const answer = await api.raw('GET /api/accounts', { token: admin.token })
    for (const word of ['password', 'argon2', 'hash', stranger.user.id]) expect(answer.text).not.toContain(word)
    const { accounts, more } = await api.call('GET /api/accounts', { token: admin.token })
    const ids = accounts.map(({ id }) => id)
    expect(ids).toEqual([...ids].sort())
    expect(more).toBe(false)
    expect(accounts.find(({ id }) => id === person.user.id)).toMatchObject({ ...person.user, banned: false })
    const after = ids[0] ?? ''
    const rest = await api.call('GET /api/accounts', { token: admin.token, query: { after } })
    expect(rest.accounts.map(({ id }) => id)).toEqual(ids.slice(1))
  })

  test('[H21] are made as member when no role is given, and a taken name is conflict', async () => {
    const body = { name: newName('Made'), password: 'password' }
    const { account: made } = await api.call('POST /api/accounts', { token: admin.token, body })
    expect(made).toMatchObject({ name: body.name, kind: 'person', role: 'member', banned: false })
    expect((await login(body.name, body.password)).user.id).toBe(made.id)
    const taken = { ...body, name: body.name.toUpperCase() }
    expect((await api.refusal('POST /api/accounts', { token: admin.token, body: taken })).code).toBe('conflict')
    for (const bad of [{ role: 'guest' }, { role: 'king' }, { password: '1234567' }, { name: '#made' }]) {
      const refusal = await api.refusal('POST /api/accounts', { token: owner.token, body: { ...body, ...bad } })
      expect(refusal.code).toBe('bad_request')
    }
  })

  test('[H22] are changed in role, ban and password; an unknown user is not_found', async () => {
    const person = await account()
    expect((await patch(owner, person.user.id, { role: 'admin' })).account.role).toBe('admin')
    expect((await api.call('GET /api/me', { token: person.token })).user.role).toBe('admin')
    expect((await patch(owner, person.user.id, { role: 'member' })).account.role).toBe('member')
    expect((await refusedPatch(admin, randomUUID(), { banned: true })).code).toBe('not_found')
    expect((await refusedPatch(admin, 'nobody', { banned: true })).code).toBe('bad_request')
    expect((await patch(admin, person.user.id, {})).account).toMatchObject(person.user)
  })

  test('[H22] a new password ends the sessions of the user', async () => {
    const person = await account()
    const client = await connect(person)
    await patch(admin, person.user.id, { password: 'given by an admin' })
    expect(await client.heard('bye')).toMatchObject({ code: 4401, retry: null })
    expect((await client.closed).code).toBe(4401)
    expect((await api.refusal('GET /api/me', { token: person.token })).status).toBe(401)
    expect((await api.refusal('POST /api/renew', { token: person.token })).status).toBe(401)
    expect((await refusedLogin(person.user.name, person.password)).status).toBe(401)
    await login(person.user.name, 'given by an admin')
  })

  test('[H22][C4] a ban closes all sockets at once and ends the sessions; it can be lifted', async () => {
    const person = await account()
    const clients = [await connect(person), await connect(await login(person.user.name, person.password))]
    const silent = await socket(person)
    await patch(admin, person.user.id, { banned: true })
    for (const client of [...clients, silent]) {
      expect(await client.heard('bye')).toMatchObject({ code: 4403, retry: null })
      expect((await client.closed).code).toBe(4403)
    }
    for (const { token } of [person, ...clients.map((client) => client.person)]) {
      expect([401, 403]).toContain((await api.refusal('GET /api/me', { token })).status)
      await expect(connect({ ...person, token })).rejects.toThrow()
    }
    expect((await refusedLogin(person.user.name, person.password)).code).toBe('forbidden')
    await patch(admin, person.user.id, { banned: false })
    await login(person.user.name, person.password)
    expect((await api.refusal('GET /api/me', { token: person.token })).status).toBe(401)
  })

  test('[C4] a guest can be banned too', async () => {
    const client = await visitor()
    await patch(admin, client.me.id, { banned: true })
    expect((await client.closed).code).toBe(4403)
    expect((await refusedPatch(admin, client.me.id, { role: 'member' })).code).toBe('bad_request')
  })

  test('[C4][D1] what was sent while the ban came is stored or refused, and nothing after it is heard', async () => {
    const person = await account()
    const client = await connect(person)
    const sends = Array.from({ length: 20 }, (_, index) =>
      client
        .ask('message', { action: 'send', room: 'general', id: randomUUID(), text: `${index}` })
        .then(({ message }) => message.id)
        .catch(() => undefined),
    )
    await patch(admin, person.user.id, { banned: true })
    const answered = (await Promise.all(sends)).filter((id) => id !== undefined)
    await client.closed
    const { messages } = await ada.ask('page', { action: 'history', room: 'general', limit: 100 })
    const stored = new Set(messages.map(({ id }) => id as string))
    for (const id of answered) expect(stored.has(id)).toBe(true)
  })

  test('[H23] only an owner makes admins and owners, and changes the account of one', async () => {
    const [target, otherAdmin] = [await account(), await account('admin')]
    for (const role of ['admin', 'owner']) {
      expect((await refusedPatch(admin, target.user.id, { role })).code).toBe('forbidden')
      const body = { name: newName(), password: 'password', role }
      expect((await api.refusal('POST /api/accounts', { token: admin.token, body })).code).toBe('forbidden')
    }
    for (const body of [{ banned: true }, { password: 'password' }, { role: 'member' }]) {
      for (const user of [owner.user.id, otherAdmin.user.id]) {
        expect((await refusedPatch(admin, user, body)).code).toBe('forbidden')
      }
    }
    await patch(owner, otherAdmin.user.id, { role: 'member' })
    await patch(admin, otherAdmin.user.id, { password: 'now an admin may' })
    await patch(owner, target.user.id, { role: 'owner' })
    await patch(target, owner.user.id, { banned: false })
  })
})

describe('logging out', () => {
  test('[C3][C1] closes the sockets of that session at once, and no others', async () => {
    const person = await account()
    const [first, second] = [await connect(person), await connect(person)]
    const silent = await socket(person)
    const other = await connect(await login(person.user.name, person.password))
    await api.call('POST /api/logout', { token: person.token })
    for (const client of [first, second, silent]) {
      expect(await client.heard('bye')).toMatchObject({ code: 4401, retry: null })
      expect((await client.closed).code).toBe(4401)
    }
    await settled(ada, other)
    expect(other.waiting('bye')).toEqual([])
    await other.close()
  })
})

describe('binary frames', () => {
  test('[C2] have no effect and are answered by close 1003', async () => {
    const client = await visitor()
    const id = randomUUID()
    client.send(Buffer.from(JSON.stringify({ action: 'send', room: 'general', id, text: 'binary' })))
    expect((await client.closed).code).toBe(1003)
    const { messages } = await ada.ask('page', { action: 'history', room: 'general' })
    expect(messages.map((message) => message.id as string)).not.toContain(id)
  })
})
