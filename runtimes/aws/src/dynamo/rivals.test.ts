import { ScanCommand } from '@aws-sdk/client-dynamodb'
import type { Store } from '@parley/core'
import type { RoomId } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import { dynamoStore } from './dynamo-store.ts'
import { Crash, dieBefore } from './testing/crash.ts'
import { asks, finished, gateBefore } from './testing/gate.ts'
import { halveBatches } from './testing/halve-batches.ts'
import { localDynamo } from './testing/local-dynamo.ts'
import {
  account,
  at,
  draft,
  facts,
  general,
  guest,
  member,
  message,
  room,
  session,
  user,
  whole,
} from './testing/samples.ts'

const dynamo = localDynamo()
const client = dynamo.client()

/** A table with some users, and stores on it as if each were in a process of its own. */
const given = async (people = 2) => {
  const table = await dynamo.table()
  const open = (by = client): Store => dynamoStore({ client: by, table })
  const store = open()
  for (let number = 1; number <= people; number += 1) await store.addUser(account(number))
  const gated = (name: string, about: string) => {
    const slow = dynamo.client()
    const gate = gateBefore(slow, asks(name, about))
    return { store: open(slow), gate }
  }
  const dying = (name: string, about: string) => {
    const mortal = dynamo.client()
    dieBefore(mortal, asks(name, about))
    return open(mortal)
  }
  const scan = async () => JSON.stringify((await client.send(new ScanCommand({ TableName: table }))).Items)
  return { store, open, gated, dying, scan }
}

const edit = (store: Store, number: number, text: string) =>
  store.changeMessage(general, message(number), { kind: 'edit', text, at: at(500) })
const texts = async (store: Store) => (await store.history(general, {}, whole)).messages.map((one) => one.message.text)
const revs = async (store: Store) =>
  (await store.messagesSince(general, 0, whole)).messages.map((one) => one.message.rev)

/** Leaves an edit of the first message in the log that is not in the message yet. */
const leaveUnapplied = async ({ store, gated }: Awaited<ReturnType<typeof given>>) => {
  await store.appendMessage(draft(1))
  const slow = gated('PutItem', '"edits"')
  const editing = edit(slow.store, 1, 'edited')
  await slow.gate.reached
  return { editing, gate: slow.gate }
}

describe('of writers in one room', () => {
  test.each(['at once', 'after asking who it is'])(
    'one that comes %s applies the edit of one who is slow',
    async (how) => {
      const place = await given()
      const { editing, gate } = await leaveUnapplied(place)
      const other = place.open()
      expect(await texts(other)).toStrictEqual(['edited'])
      if (how !== 'at once') await other.standing(general, user(2))
      await other.appendMessage(draft(2, 2))
      expect(await texts(place.open())).toStrictEqual(['edited', 'text 2'])
      expect(await revs(place.open())).toStrictEqual([2, 3])
      await edit(other, 1, 'edited again')
      await other.appendMessage(draft(3, 2))
      gate.open()
      expect(await editing).toMatchObject({ changed: true, stored: { message: { text: 'edited', rev: 2 } } })
      expect(await texts(place.open())).toStrictEqual(['edited again', 'text 2', 'text 3'])
      expect(await revs(place.open())).toStrictEqual([3, 4, 5])
    },
  )

  test('one that applies the edit of another too late does no harm', async () => {
    const place = await given()
    await leaveUnapplied(place)
    const slow = place.gated('PutItem', '"edits"')
    const sending = slow.store.appendMessage(draft(2))
    await slow.gate.reached
    await edit(place.store, 1, 'edited again')
    await place.store.appendMessage(draft(3))
    slow.gate.open()
    expect(await sending).toMatchObject({ stored: { message: { rev: 5 } } })
    expect(await texts(place.open())).toStrictEqual(['edited again', 'text 3', 'text 2'])
  })

  test('a change of another message applies it too', async () => {
    const place = await given()
    await place.store.appendMessage(draft(5))
    await leaveUnapplied(place)
    await edit(place.open(), 5, 'other')
    expect(await texts(place.open())).toStrictEqual(['other', 'edited'])
  })

  test('two with one id, whose place was taken, agree on the next', async () => {
    const { store, open, gated } = await given()
    const intoTheLog = '"sk":{"S":"rev#'
    const [first, second] = [gated('PutItem', intoTheLog), gated('PutItem', intoTheLog)]
    const sending = first.store.appendMessage(draft(1))
    await first.gate.reached
    const sendingAgain = second.store.appendMessage(draft(1))
    await second.gate.reached
    await store.appendMessage(draft(2, 2))
    first.gate.open()
    const answer = await sending
    await store.appendMessage(draft(3, 2))
    second.gate.open()
    expect(await sendingAgain).toStrictEqual({ ...(answer as object), repeated: true })
    expect(await texts(open())).toStrictEqual(['text 2', 'text 1', 'text 3'])
  })

  test('one that looked before another wrote does not take its rev', async () => {
    const { store, open } = await given()
    const early = open()
    await early.standing(general, user(1))
    await store.appendMessage(draft(2, 2))
    await early.standing(room('elsewhere'), user(1))
    expect(await early.appendMessage(draft(1))).toMatchObject({ stored: { message: { rev: 2 } } })
    expect(await texts(store)).toStrictEqual(['text 2', 'text 1'])
  })

  test('one that looked before another wrote does not call a change needless that is not', async () => {
    const place = await given()
    await place.store.appendMessage(draft(1))
    const early = place.open()
    await early.standing(general, user(1))
    await leaveUnapplied(place)
    expect(await edit(early, 1, 'text 1')).toMatchObject({ changed: true, stored: { message: { rev: 3 } } })
    expect(await texts(place.open())).toStrictEqual(['text 1'])
  })

  test('a reader overtaken by an edit reads on until it has it', async () => {
    const { store, gated } = await given()
    for (const number of [1, 2]) await store.appendMessage(draft(number))
    await edit(store, 1, 'edited')
    const slow = gated('BatchGetItem', 'rev#')
    const reading = slow.store.messagesSince(general, 0, whole)
    await slow.gate.reached
    await edit(store, 1, 'edited again')
    slow.gate.open()
    const { messages, rev, more } = await reading
    expect(messages.map((one) => [one.message.text, one.message.rev])).toStrictEqual([
      ['text 2', 2],
      ['edited again', 4],
    ])
    expect({ rev, more }).toStrictEqual({ rev: 4, more: false })
  })

  test.each([
    ['PutItem', '"token"'],
    ['PutItem', '"deletedAt"'],
    ['UpdateItem', 'rev#000000000002'],
    ['UpdateItem', 'rev#000000000003'],
    ['UpdateItem', 'rev#000000000001'],
  ])(
    'a deleted message takes its former texts with it, though who deletes it dies before %s of %s',
    async (...call) => {
      const { store, scan, dying } = await given()
      await store.appendMessage(draft(1, 1, { text: 'secret' }))
      for (const text of ['secret once', 'secret twice']) await edit(store, 1, text)
      const change = { kind: 'delete', at: at(600) } as const
      await expect(dying(...call).changeMessage(general, message(1), change)).rejects.toThrow(Crash)
      await store.changeMessage(general, message(1), change)
      expect((await scan()).includes('secret')).toBe(false)
    },
  )
})

/** Whether something can be seen, by one way of looking. */
type Looks = Readonly<Record<string, (store: Store) => Promise<boolean>>>

/** Looks in all ways, in the order of the names and then in any: what was seen once is seen from then on. */
const expectNoPart = async (store: Store, looks: Looks, first: string, second: string): Promise<void> => {
  let seen = false
  for (const name of [first, second, ...Object.keys(looks)]) {
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
