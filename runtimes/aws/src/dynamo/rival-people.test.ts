import { describe, expect, test } from 'vitest'
import { Crash } from './testing/crash.ts'
import { localDynamo } from './testing/local-dynamo.ts'
import { rivals } from './testing/rivals.ts'
import { account, at, facts, general, guest, member, room, session, user } from './testing/samples.ts'

const dynamo = localDynamo()
const given = (people?: number) => rivals(dynamo, people)

describe('of memberships', () => {
  test('one that was ended is not brought back by who finishes the founding late', async () => {
    const { store, gated } = await given()
    const pair = room('pair')
    const slow = gated('PutItem', 'members#pair')
    const making = slow.store.createRoom(facts(pair), [member(pair, 1), member(pair, 2)])
    await slow.gate.reached
    expect(await store.removeMember(pair, user(1))).toBe(true)
    slow.gate.open()
    expect(await making).toMatchObject({ created: true })
    expect((await store.members(pair, { limit: 10 })).map((one) => one.user)).toStrictEqual([user(2)])
    expect((await store.memberships(user(1))).map((one) => one.room)).toStrictEqual([general])
  })

  test('one that is added while another is ended is in both lists', async () => {
    const { store, open, gated } = await given()
    const club = room('club')
    await store.createRoom(facts(club), [])
    const slow = gated('PutItem', 'members#club')
    const adding = slow.store.addMember(member(club, 1))
    await slow.gate.reached
    await store.addMember(member(club, 1))
    await store.removeMember(club, user(1))
    slow.gate.open()
    expect(await adding).toBe(true)
    expect((await open().memberships(user(1))).map((one) => one.room)).toStrictEqual([general, club])
    expect(await open().members(club, { limit: 10 })).toHaveLength(1)
  })
})

test('a session that ends while it is renewed stays ended', async () => {
  const { store, gated } = await given(1)
  await store.addSession({ id: session(1), user: user(1), createdAt: at(0), expiresAt: at(9) })
  const { store: slow, gate } = gated('UpdateItem', 'sessions')
  const renewing = slow.renewSession(session(1), at(99))
  await gate.reached
  await store.endSession(session(1))
  gate.open()
  expect(await renewing).toBe(false)
  expect(await store.session(session(1))).toBeUndefined()
})

describe('of names', () => {
  test.each(['names', 'accounts', 'unwelcomed'])(
    'one whose claimer died before writing to %s is to be had, by others or by itself',
    async (about) => {
      const { store, dying } = await given(0)
      await expect(dying('PutItem', about).addUser(account(1, 'Ana'))).rejects.toThrow(Crash)
      expect(await store.addUser(account(2, 'ANA'))).toBe('added')
      expect(await store.addUser(account(1, 'Ana'))).toBe('taken')
      expect(await store.user(user(1))).toBeUndefined()

      await expect(dying('PutItem', about).addUser(account(3, 'Bia'))).rejects.toThrow(Crash)
      expect(await store.addUser(account(3, 'Bia'))).toBe('added')
    },
  )

  test('one whose holder died while leaving it is to be had', async () => {
    const { store, dying } = await given(1)
    await expect(dying('DeleteItem', 'names').changeUser(user(1), { name: 'Zoe' })).rejects.toThrow(Crash)
    expect((await store.user(user(1)))?.name).toBe('Zoe')
    expect(await store.addUser(account(2, 'P1'))).toBe('added')
    expect((await store.userByName('p1'))?.id).toBe(user(2))
    expect((await store.findUsers('', 10)).map((one) => one.name)).toStrictEqual(['P1', 'Zoe'])
  })

  test.each(['addUser', 'changeUser'] as const)(
    'one has one holder, however late the %s of a claimer wakes up',
    async (act) => {
      const { store, gated } = await given(1)
      const [name, about] = act === 'addUser' ? ['PutItem', '"unwelcomed"'] : ['UpdateItem', 'nameToken']
      const slow = gated(name as string, about as string)
      const late =
        act === 'addUser' ? slow.store.addUser(account(5, 'Ana')) : slow.store.changeUser(user(1), { name: 'Ana' })
      await slow.gate.reached
      expect(await store.addUser(account(2, 'ana'))).toBe('added')
      slow.gate.open()
      expect(await late).toBe('taken')
      expect((await store.userByName('ANA'))?.id).toBe(user(2))
      expect((await store.findUsers('ana', 10)).map(({ id }) => id)).toStrictEqual([user(2)])
    },
  )

  test('a guest that was not finished leaves nothing to be found', async () => {
    const { store, dying } = await given(0)
    await expect(dying('PutItem', 'unwelcomed').addUser(guest(1, 'Ana'))).rejects.toThrow(Crash)
    expect(await store.findUsers('an', 10)).toStrictEqual([])
  })

  test('a name that grows beyond the length of a key is one like others', async () => {
    const { store } = await given(0)
    const long = '\uFDFA'.repeat(40)
    expect(await store.addUser(account(1, long))).toBe('added')
    expect(await store.addUser(account(2, long))).toBe('taken')
    expect(await store.addUser(account(3, `${long.slice(1)}a`))).toBe('added')
    expect((await store.userByName(long))?.id).toBe(user(1))
    expect((await store.findUsers(long.slice(2), 10)).map(({ id }) => id).sort()).toStrictEqual([user(1), user(3)])
    expect((await store.findUsers(`${long.slice(1)}a`, 10)).map(({ id }) => id)).toStrictEqual([user(3)])
  })
})
