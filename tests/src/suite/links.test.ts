import { describe, expect, test } from 'vitest'
import { newId, type Person, world } from '../harness/world.ts'

const { api, account, connect, guest, login } = await world()
const [owner, admin] = [await account('owner'), await account('admin')]

const linkFor = (person: Person, by: Person = admin) =>
  api.call('POST /api/accounts/{user}/password-link', { token: by.token, at: person.user.id })
const refusedLink = async (person: Person, by: Person): Promise<string> =>
  (await api.refusal('POST /api/accounts/{user}/password-link', { token: by.token, at: person.user.id })).code
const use = (secret: string, password: string) => api.call('POST /api/password-links', { body: { secret, password } })
const refusedUse = async (secret: string, password = 'another password'): Promise<string> =>
  (await api.refusal('POST /api/password-links', { body: { secret, password } })).code

describe('a link to a new password', () => {
  test('[H29] lets its bearer choose one, ends what was open, and signs in', async () => {
    const person = await account()
    const open = await connect(person)
    const { secret, expiresAt } = await linkFor(person)
    const days = (Date.parse(expiresAt) - Date.now()) / 86_400_000
    expect([days > 2.99, days < 3.01]).toEqual([true, true])
    const signedIn = await use(secret, 'a new password')
    expect(signedIn.user).toEqual(person.user)
    await connect(signedIn)
    expect((await open.closed).code).toBe(4401)
    expect((await api.refusal('GET /api/me', { token: person.token })).code).toBe('unauthorized')
    expect((await login(person.user.name, 'a new password')).user).toEqual(person.user)
    const body = { username: person.user.name, password: person.password }
    expect((await api.refusal('POST /api/login', { body })).code).toBe('unauthorized')
  })

  test('[H29] works once, and an older one not after any change of the password', async () => {
    const person = await account()
    const [first, second] = [await linkFor(person), await linkFor(person)]
    await use(second.secret, 'the second password')
    for (const { secret } of [first, second]) expect(await refusedUse(secret)).toBe('unauthorized')
    const third = await linkFor(person)
    const session = await login(person.user.name, 'the second password')
    const body = { current: 'the second password', password: 'the third password' }
    await api.call('POST /api/password', { token: session.token, body })
    expect(await refusedUse(third.secret)).toBe('unauthorized')
    await login(person.user.name, 'the third password')
  })

  test('[H29] is worth nothing when it was changed, or is something else', async () => {
    const person = await account()
    const { secret } = await linkFor(person)
    const [head, , signature] = secret.split('.')
    const wrong = ['', 'nothing', `${secret}x`, `${head}..${signature}`, person.token, admin.token]
    for (const one of wrong) expect(['unauthorized', 'bad_request']).toContain(await refusedUse(one))
    expect((await api.refusal('GET /api/me', { token: secret })).code).toBe('unauthorized')
    expect((await api.refusal('POST /api/renew', { token: secret })).code).toBe('unauthorized')
    expect(await refusedUse(secret, 'short')).toBe('bad_request')
    await use(secret, 'still good for one')
  })

  test('[H29] is of no use to who was banned meanwhile', async () => {
    const person = await account()
    const { secret } = await linkFor(person)
    await api.call('PATCH /api/accounts/{user}', { token: admin.token, at: person.user.id, body: { banned: true } })
    expect(await refusedUse(secret)).toBe('forbidden')
  })

  test('[H29][H23] is made by admins, for owners and admins by owners alone', async () => {
    const [person, visitor] = [await account(), await guest()]
    for (const by of [person, visitor]) expect(await refusedLink(person, by)).toBe('forbidden')
    for (const target of [owner, admin]) expect(await refusedLink(target, admin)).toBe('forbidden')
    expect(await refusedLink(visitor, admin)).toBe('not_found')
    expect(await refusedLink({ ...person, user: { ...person.user, id: newId() as never } }, admin)).toBe('not_found')
    const other = await account('admin')
    expect((await use((await linkFor(other, owner)).secret, 'given by the owner')).user.role).toBe('admin')
  })
})
