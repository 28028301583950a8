import { expect, test } from 'vitest'
import type { Store } from '../../ports/store.ts'
import { account, addPeople, facts, general, instant, membership, roomId, upTo, userId } from '../samples.ts'

export const roomTests = (given: () => Store): void => {
  test('general is there from the start', async () => {
    const store = given()
    expect(await store.room(general)).toMatchObject({ id: general, kind: 'public', name: 'general', topic: '' })
    expect(await store.revs([general])).toStrictEqual(new Map([[general, 0]]))
    expect((await store.publicRooms({ limit: 10 })).map(({ id }) => id)).toStrictEqual([general])
  })

  test('createRoom keeps all facts and the first members', async () => {
    const store = given()
    await addPeople(store, 2)
    const direct = facts('d.1-2', {
      kind: 'direct',
      name: '',
      topic: 'a topic',
      createdBy: userId(1),
      with: [userId(1), userId(2)],
    })
    const members = [membership('d.1-2', 1, { role: 'admin' }), membership('d.1-2', 2)]
    expect(await store.createRoom(direct, members)).toStrictEqual({ room: direct, created: true })
    expect(await store.room(direct.id)).toStrictEqual(direct)
    expect(await store.members(direct.id, { limit: 10 })).toStrictEqual(members)
    expect(await store.room(roomId('nowhere'))).toBeUndefined()
  })

  test('createRoom answers the room that has this id, and changes nothing', async () => {
    const store = given()
    await addPeople(store, 2)
    const first = facts('club', { kind: 'private', name: 'Club' })
    await store.createRoom(first, [membership('club', 1, { role: 'admin' })])
    const again = await store.createRoom(facts('club', { name: 'Other' }), [membership('club', 2)])
    expect(again).toStrictEqual({ room: first, created: false })
    expect(await store.members(first.id, { limit: 10 })).toStrictEqual([membership('club', 1, { role: 'admin' })])
  })

  test('of concurrent createRooms one creates', async () => {
    const store = given()
    await addPeople(store, 8)
    const answers = await Promise.all(
      upTo(8).map((user) =>
        store.createRoom(facts('club', { name: `by ${user}` }), [membership('club', user, { role: 'admin' })]),
      ),
    )
    expect(answers.filter(({ created }) => created)).toHaveLength(1)
    expect(new Set(answers.map(({ room }) => room.name)).size).toBe(1)
    expect(await store.members(roomId('club'), { limit: 10 })).toHaveLength(1)
  })

  test('changeRoom changes what it names and nothing else', async () => {
    const store = given()
    await store.createRoom(facts('club', { name: 'Club', topic: 'old' }), [])
    expect(await store.changeRoom(roomId('club'), { topic: 'new' })).toStrictEqual(
      facts('club', { name: 'Club', topic: 'new' }),
    )
    expect(await store.changeRoom(roomId('club'), { name: 'Pub', topic: '' })).toStrictEqual(
      facts('club', { name: 'Pub', topic: '' }),
    )
    expect(await store.room(roomId('club'))).toStrictEqual(facts('club', { name: 'Pub', topic: '' }))
    expect(await store.changeRoom(roomId('nowhere'), { name: 'x' })).toBeUndefined()
  })

  test('publicRooms lists public rooms by id, after one', async () => {
    const store = given()
    for (const word of ['zoo', 'art', 'a.b', 'a-b', 'm_1', '0']) await store.createRoom(facts(word), [])
    await store.createRoom(facts('hidden', { kind: 'private' }), [])
    await store.createRoom(facts('between', { kind: 'direct' }), [])
    const expected = ['0', 'a-b', 'a.b', 'art', 'general', 'm_1', 'zoo']
    const seen: string[] = []
    for (let page = await store.publicRooms({ limit: 3 }); page.length > 0; ) {
      expect(page.length).toBeLessThanOrEqual(3)
      seen.push(...page.map(({ id }) => id))
      page = await store.publicRooms({ after: roomId(seen.at(-1) ?? ''), limit: 3 })
    }
    expect(seen).toStrictEqual(expected)
  })

  test('a room that was changed is listed as it stands', async () => {
    const store = given()
    await store.changeRoom(general, { topic: 'All of us' })
    expect((await store.publicRooms({ limit: 1 }))[0]?.topic).toBe('All of us')
  })

  test('standing tells the room, the account and the membership as they are', async () => {
    const store = given()
    await addPeople(store, 2)
    await store.createRoom(facts('club'), [membership('club', 1, { role: 'admin' })])
    expect(await store.standing(roomId('club'), userId(1))).toStrictEqual({
      room: facts('club'),
      account: account(1),
      membership: membership('club', 1, { role: 'admin' }),
    })
    expect(await store.standing(roomId('club'), userId(2))).toStrictEqual({ room: facts('club'), account: account(2) })
    expect(await store.standing(roomId('nowhere'), userId(1))).toBeUndefined()
    expect(await store.standing(roomId('club'), userId(9))).toBeUndefined()
  })

  test('standing follows every change', async () => {
    const store = given()
    await addPeople(store, 1)
    await store.createRoom(facts('club'), [])
    const now = () => store.standing(roomId('club'), userId(1))
    expect(await now()).toStrictEqual({ room: facts('club'), account: account(1) })
    await store.addMember(membership('club', 1))
    expect((await now())?.membership?.role).toBe('member')
    await store.changeMemberRole(roomId('club'), userId(1), 'admin')
    expect((await now())?.membership?.role).toBe('admin')
    await store.changeUser(userId(1), { banned: true, name: 'Ana' })
    expect((await now())?.account).toStrictEqual(account(1, { banned: true, name: 'Ana' }))
    await store.changeRoom(roomId('club'), { name: 'Pub' })
    expect((await now())?.room.name).toBe('Pub')
    await store.removeMember(roomId('club'), userId(1))
    expect(await now()).not.toHaveProperty('membership')
    await store.addMember(membership('club', 1, { joinedAt: instant(5_000) }))
    expect((await now())?.membership).toStrictEqual(membership('club', 1, { joinedAt: instant(5_000) }))
  })
}
