import { expect, test } from 'vitest'
import type { Store } from '../../ports/store.ts'
import { account, addPeople, general, guest, upTo, userId } from '../samples.ts'

export const userTests = (given: () => Store): void => {
  test('addUser keeps all of an account', async () => {
    const store = given()
    const ana = account(1, { name: 'Ana', role: 'owner', passwordHash: '$argon2id$x' })
    const bot = account(2, { name: 'Assistant', kind: 'bot' })
    const banned = account(3, { banned: true })
    for (const one of [ana, bot, banned]) expect(await store.addUser(one)).toBe('added')
    for (const one of [ana, bot, banned]) expect(await store.user(one.id)).toStrictEqual(one)
  })

  test('addUser makes a member of general, with nothing read', async () => {
    const store = given()
    await store.addUser(account(1))
    expect(await store.memberships(userId(1))).toStrictEqual([
      { room: general, user: userId(1), role: 'member', joinedAt: account(1).createdAt, read: 0 },
    ])
  })

  test('addUser of a user that was added changes nothing', async () => {
    const store = given()
    await store.addUser(account(1, { name: 'Ana' }))
    await store.changeUser(userId(1), { role: 'admin' })
    expect(await store.addUser(account(1, { name: 'Ana' }))).toBe('added')
    expect((await store.user(userId(1)))?.role).toBe('admin')
    expect(await store.members(general, { limit: 10 })).toHaveLength(1)
  })

  test.each([
    ['ana', 'another case'],
    ['ＡＮＡ', 'another width'],
    ['Ana', 'the same'],
  ])('an account takes its name: %s, %s', async (name) => {
    const store = given()
    await store.addUser(account(1, { name: 'Ana' }))
    expect(await store.addUser(account(2, { name }))).toBe('taken')
    expect(await store.addUser(account(3, { name, kind: 'bot' }))).toBe('taken')
    expect(await store.addUser(guest(4, name))).toBe('taken')
    for (const number of [2, 3, 4]) expect(await store.user(userId(number))).toBeUndefined()
    expect(await store.memberships(userId(2))).toStrictEqual([])
  })

  test('a bot takes its name', async () => {
    const store = given()
    await store.addUser(account(1, { name: 'Assistant', kind: 'bot' }))
    expect(await store.addUser(account(2, { name: 'ASSISTANT' }))).toBe('taken')
  })

  test('a guest takes no name', async () => {
    const store = given()
    await store.addUser(guest(1, 'Ana'))
    expect(await store.addUser(guest(2, 'Ana'))).toBe('added')
    expect(await store.addUser(account(3, { name: 'Ana' }))).toBe('added')
    expect((await store.userByName('ana'))?.id).toBe(userId(3))
  })

  test('userByName finds accounts and bots, whatever their case, and no guests', async () => {
    const store = given()
    await store.addUser(account(1, { name: 'Ångström' }))
    await store.addUser(account(2, { name: 'Robot', kind: 'bot' }))
    await store.addUser(guest(3, 'Bia'))
    expect((await store.userByName('åNGSTRÖM'))?.id).toBe(userId(1))
    expect((await store.userByName('robot'))?.id).toBe(userId(2))
    expect(await store.userByName('Bia')).toBeUndefined()
    expect(await store.userByName('nobody')).toBeUndefined()
  })

  test('users answers those of the ids that exist, each once', async () => {
    const store = given()
    await addPeople(store, 3)
    const found = await store.users([userId(3), userId(9), userId(1), userId(3)])
    expect(found.map(({ id }) => id).sort()).toStrictEqual([userId(1), userId(3)])
    expect(await store.users([])).toStrictEqual([])
    expect(await store.user(userId(9))).toBeUndefined()
  })

  test('findUsers finds all kinds of users by the beginning of the folded name, in its order', async () => {
    const store = given()
    await store.addUser(account(1, { name: 'banana' }))
    await store.addUser(account(2, { name: 'Bandit' }))
    await store.addUser(guest(3, 'BANAL'))
    await store.addUser(account(4, { name: 'ban_t', kind: 'bot' }))
    await store.addUser(account(5, { name: 'Cabana' }))
    const names = async (prefix: string, limit: number) =>
      (await store.findUsers(prefix, limit)).map(({ name }) => name)
    expect(await names('bAn', 10)).toStrictEqual(['ban_t', 'BANAL', 'banana', 'Bandit'])
    expect(await names('ban', 2)).toStrictEqual(['ban_t', 'BANAL'])
    expect(await names('ban_', 10)).toStrictEqual(['ban_t'])
    expect(await names('%', 10)).toStrictEqual([])
    expect(await names('', 10)).toHaveLength(5)
  })

  test('accounts are listed by id, after one, without guests', async () => {
    const store = given()
    await addPeople(store, 5)
    await store.addUser(guest(6, 'Guest'))
    await store.addUser(account(7, { kind: 'bot' }))
    const first = await store.accounts({ limit: 4 })
    expect(first.map(({ id }) => id)).toStrictEqual(upTo(4).map(userId))
    const rest = await store.accounts({ after: userId(4), limit: 4 })
    expect(rest.map(({ id }) => id)).toStrictEqual([userId(5), userId(7)])
  })

  test('changeUser changes what it names and nothing else', async () => {
    const store = given()
    const before = account(1, { passwordHash: 'old' })
    await store.addUser(before)
    const changes = [{ role: 'admin' }, { banned: true }, { passwordHash: 'new' }, { name: 'Bia' }] as const
    let expected = before
    for (const change of changes) {
      expected = { ...expected, ...change }
      expect(await store.changeUser(userId(1), change)).toStrictEqual(expected)
      expect(await store.user(userId(1))).toStrictEqual(expected)
    }
    expect(await store.changeUser(userId(9), { banned: true })).toBeUndefined()
  })

  test('a new name is found, and the old one is free', async () => {
    const store = given()
    await store.addUser(account(1, { name: 'Ana' }))
    await store.changeUser(userId(1), { name: 'Bia' })
    expect((await store.userByName('bia'))?.id).toBe(userId(1))
    expect(await store.userByName('ana')).toBeUndefined()
    expect(await store.findUsers('an', 10)).toStrictEqual([])
    expect(await store.addUser(account(2, { name: 'ana' }))).toBe('added')
  })

  test('a name of somebody else is taken and changes nothing; the own one in another case is not', async () => {
    const store = given()
    await store.addUser(account(1, { name: 'Ana' }))
    await store.addUser(account(2, { name: 'Bia' }))
    await store.addUser(guest(3, 'Guest'))
    expect(await store.changeUser(userId(2), { name: 'ANA', banned: true })).toBe('taken')
    expect(await store.user(userId(2))).toStrictEqual(account(2, { name: 'Bia' }))
    expect(await store.changeUser(userId(3), { name: 'ana' })).toBe('taken')
    expect(await store.changeUser(userId(1), { name: 'ANA' })).toMatchObject({ name: 'ANA' })
    expect(await store.changeUser(userId(1), { name: 'guest' })).toMatchObject({ name: 'guest' })
  })
}
