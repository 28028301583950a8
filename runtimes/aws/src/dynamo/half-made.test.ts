import type { Store } from '@parley/core'
import type { RoomId } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import { asks, finished, gateBefore } from './testing/gate.ts'
import { halveBatches } from './testing/halve-batches.ts'
import { localDynamo } from './testing/local-dynamo.ts'
import { rivals } from './testing/rivals.ts'
import { account, facts, general, member, room, user } from './testing/samples.ts'

const dynamo = localDynamo()
const given = (people?: number) => rivals(dynamo, people)

/** Whether something can be seen, by one way of looking. */
type Looks = Readonly<Record<string, (store: Store) => Promise<boolean>>>

/** Looks in one way, in another, and in the first again: what was seen once is seen from then on. */
const expectNoPart = async (store: Store, looks: Looks, first: string, second: string): Promise<void> => {
  let seen = false
  for (const name of [first, second, first]) {
    const now = (await looks[name]?.(store)) ?? false
    expect({ first, name, now: now || !seen }).toStrictEqual({ first, name, now: true })
    seen ||= now
  }
}

const isIn = (list: readonly { readonly room: string }[], id: string): boolean => list.some((one) => one.room === id)

/** Whether a user stands in a room that all who are there are members of. */
const standsIn = async (store: Store, id: RoomId, number: number): Promise<boolean> => {
  const standing = await store.standing(id, user(number))
  expect(standing?.membership === undefined).toBe(standing === undefined)
  return standing !== undefined
}

describe('who is just being made is there whole or not at all', () => {
  const roomLooks = (pair: RoomId): Looks => ({
    'rooms of 1': async (store) => isIn(await store.memberships(user(1)), pair),
    'rooms of 2': async (store) => isIn(await store.memberships(user(2)), pair),
    members: async (store) => {
      const { length } = await store.members(pair, { limit: 10 })
      expect([0, 2]).toContain(length)
      return length === 2
    },
    'standing of 1': (store) => standsIn(store, pair, 1),
    'standing of 2': (store) => standsIn(store, pair, 2),
    overviews: async (store) => (await store.overviews(user(1), [pair])).length > 0,
    room: async (store) => (await store.room(pair)) !== undefined,
    revs: async (store) => (await store.revs([pair])).has(pair),
    'public rooms': async (store) => (await store.publicRooms({ limit: 100 })).some(({ id }) => id === pair),
    'leaving of 2': async (store) => (await store.removeMember(pair, user(2))) && store.addMember(member(pair, 2)),
    'role of 1': (store) => store.changeMemberRole(pair, user(1), 'admin'),
  })
  const roomGates = [
    ['the hint of the second', ['BatchWriteItem', `"pk":{"S":"user#${user(2)}"}`], ['BatchWriteItem', '']],
    ['the second member', ['PutItem', `"sk":{"S":"${user(2)}"}`], ['PutItem', `"sk":{"S":"${user(1)}"}`]],
    ['the end', ['UpdateItem', 'founding'], ['PutItem', '']],
  ] as const

  test.each(roomGates)('a room, before %s', async (_, [name, about], before) => {
    const { open } = await given()
    for (const [number, first] of Object.keys(roomLooks(room('any'))).entries()) {
      const pair = room(`pair-${number}`)
      const looks = roomLooks(pair)
      const slow = dynamo.client()
      halveBatches(slow)
      const gate = gateBefore(slow, asks(name, about))
      const written = finished(slow, asks(before[0], before[1]))
      const both = [member(pair, 1), member(pair, 2)]
      const making = open(slow).createRoom(facts(pair, { kind: 'public' }), both)
      await Promise.all([gate.reached, written])
      await expectNoPart(open(), looks, first, 'rooms of 2')
      gate.open()
      expect((await making).created).toBe(true)
      const later = open()
      for (const look of Object.values(looks)) expect(await look(later)).toBe(true)
    }
  })

  test.each([
    ['given another role', (store: Store, pair: RoomId) => store.changeMemberRole(pair, user(2), 'admin')],
    ['removed', (store: Store, pair: RoomId) => store.removeMember(pair, user(2))],
    ['added once only', async (store: Store, pair: RoomId) => !(await store.addMember(member(pair, 2)))],
  ])('where one of a new room is seen to be its member, the other can be %s', async (_, act) => {
    const { open, gated } = await given()
    const pair = room('pair')
    const { store: slow, gate } = gated('PutItem', `"sk":{"S":"${user(2)}"}`)
    const making = slow.createRoom(facts(pair), [member(pair, 1), member(pair, 2)])
    await gate.reached
    await expect.poll(async () => isIn(await open().memberships(user(1)), pair)).toBe(true)
    expect(await act(open(), pair)).toBe(true)
    gate.open()
    expect(await making).toMatchObject({ created: true })
  })

  const userLooks = (number: number): Looks => ({
    user: async (store) => (await store.user(user(number))) !== undefined,
    users: async (store) => (await store.users([user(number)])).length > 0,
    'by name': async (store) => (await store.userByName(`ana ${number}`)) !== undefined,
    found: async (store) => (await store.findUsers(`ana ${number}`, 1)).length > 0,
    accounts: async (store) => (await store.accounts({ limit: 100 })).some(({ id }) => id === user(number)),
    members: async (store) => (await store.members(general, { limit: 100 })).some((one) => one.user === user(number)),
    memberships: async (store) => isIn(await store.memberships(user(number)), general),
    standing: (store) => standsIn(store, general, number),
  })
  const userGates = [
    ['its account', 'PutItem', 'unwelcomed'],
    ['its hint', 'PutItem', 'in#general'],
    ['its membership', 'PutItem', 'members#general'],
    ['the end', 'UpdateItem', 'unwelcomed'],
  ] as const

  test.each(userGates)('a user, before %s', async (_, name, about) => {
    const { open, gated } = await given(0)
    for (const [number, first] of Object.keys(userLooks(0)).entries()) {
      const looks = userLooks(number)
      const slow = gated(name, about)
      const adding = slow.store.addUser(account(number, `Ana ${number}`))
      await slow.gate.reached
      await expectNoPart(open(), looks, first, 'members')
      slow.gate.open()
      expect(await adding).toBe('added')
      const later = open()
      for (const look of Object.values(looks)) expect(await look(later)).toBe(true)
    }
  })
})
