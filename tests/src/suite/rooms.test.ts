import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { type Client, newRoomId, say, settled, world } from '../harness/world.ts'

const { api, guest, visitor, member, connect, room } = await world()
const [ada, bo, cleo, root] = [await member(), await member(), await visitor(), await member('admin')]

const membersOf = async (place: string, client: Client = ada) =>
  (await client.ask('members', { action: 'members', room: place })).members
const invite = (place: string, client: Client, role?: string) => ({
  action: 'invite',
  room: place,
  user: client.me.id,
  ...(role && { role }),
})

describe('create', () => {
  test.each(['public', 'private'])('[R1] makes a %s room, whose maker is its admin', async (kind) => {
    const id = newRoomId()
    const { room: made } = await ada.ask('room', { action: 'create', room: id, kind, name: 'A name' })
    expect(made).toEqual({ id, kind, name: 'A name', topic: '', rev: 0 })
    expect(await membersOf(id)).toEqual([{ ...publicly(ada), online: true, role: 'admin' }])
  })

  test('[R1] names a room by its id when no name is given', async () => {
    const id = newRoomId()
    expect((await ada.ask('room', { action: 'create', room: id, kind: 'public' })).room.name).toBe(id)
  })

  test('[R2] with an id that exists is conflict, be it visible or not', async () => {
    const [open, secret] = [await room('public', bo), await room('private', bo)]
    for (const id of [open, secret, 'general']) {
      for (const client of [ada, bo, root]) {
        expect(await client.refusal({ action: 'create', room: id, kind: 'public' })).toMatchObject({ code: 'conflict' })
      }
    }
    expect((await membersOf(secret, bo)).map(({ id }) => id)).toEqual([bo.me.id])
  })

  test('[R2] with an id that begins as those of direct rooms do is conflict', async () => {
    for (const id of ['direct-', 'direct-room', `direct-${'a'.repeat(40)}`]) {
      expect(await ada.refusal({ action: 'create', room: id, kind: 'public' })).toMatchObject({ code: 'conflict' })
    }
    await ada.ask('room', { action: 'create', room: `direct.${newRoomId()}`, kind: 'public' })
  })

  test('[R2] of a direct room, and of any other kind, is bad_request', async () => {
    for (const kind of ['direct', 'secret', '', 'Public']) {
      expect(await ada.refusal({ action: 'create', room: newRoomId(), kind })).toMatchObject({ code: 'bad_request' })
    }
  })

  test('[R2] of ten at the same time with one id makes one room', async () => {
    const id = newRoomId()
    const answers = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) =>
        (index % 2 ? ada : bo).ask('room', { action: 'create', room: id, kind: 'public' }),
      ),
    )
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await membersOf(id)).toHaveLength(1)
  })

  test('[R3] and invite are forbidden to guests, also where one is admin of the room', async () => {
    expect(await cleo.refusal({ action: 'create', room: newRoomId(), kind: 'public' })).toMatchObject({
      code: 'forbidden',
    })
    const place = await room('public', ada, cleo)
    await ada.ask('room', invite(place, cleo, 'admin'))
    expect(await cleo.refusal(invite(place, bo))).toMatchObject({ code: 'forbidden' })
  })
})

describe('set', () => {
  test('[R12] changes name or topic, and tells the other connections of the room', async () => {
    const place = await room('private', ada, bo)
    const outside = await visitor()
    const tablet = await connect(ada.person)
    const { room: named } = await ada.ask('room', { action: 'set', room: place, name: 'Named' })
    const { room: both } = await ada.ask('room', { action: 'set', room: place, topic: 'A topic', name: 'Renamed' })
    const { room: last } = await ada.ask('room', { action: 'set', room: place, topic: '' })
    expect([named, both, last].map(({ name, topic }) => [name, topic])).toEqual([
      ['Named', ''],
      ['Renamed', 'A topic'],
      ['Renamed', ''],
    ])
    await settled(ada, bo, tablet, outside)
    const toldOf = (client: Client) =>
      client.waiting('room', (frame) => frame.room.id === place).map((frame) => frame.room)
    for (const client of [bo, tablet]) expect(toldOf(client)).toEqual([named, both, last])
    for (const client of [ada, outside]) expect(toldOf(client)).toEqual([])
    await Promise.all([tablet.close(), outside.close()])
  })

  test('[R12] is forbidden to others, and for the name of a direct room; with nothing it is bad_request', async () => {
    const place = await room('public', ada, bo)
    for (const client of [bo, cleo]) {
      expect(await client.refusal({ action: 'set', room: place, topic: 'x' })).toMatchObject({ code: 'forbidden' })
    }
    await root.ask('room', { action: 'set', room: place, topic: 'by the server' })
    expect(await ada.refusal({ action: 'set', room: place })).toMatchObject({ code: 'bad_request' })
    const direct = (await root.ask('room', { action: 'direct', with: [bo.me.id] })).room.id
    expect(await root.refusal({ action: 'set', room: direct, name: 'x' })).toMatchObject({ code: 'forbidden' })
    expect((await root.ask('room', { action: 'set', room: direct, topic: 'x' })).room.name).toBe('')
    expect(await bo.refusal({ action: 'set', room: direct, topic: 'y' })).toMatchObject({ code: 'forbidden' })
  })
})

describe('direct', () => {
  const direct = async (client: Client, ...people: { readonly id: string }[]) =>
    (await client.ask('room', { action: 'direct', with: people.map(({ id }) => id) })).room

  test('[R13] the same people always get the same room', async () => {
    const first = await direct(ada, bo.me, cleo.me)
    for (const same of [
      await direct(ada, cleo.me, bo.me),
      await direct(bo, ada.me, cleo.me),
      await direct(cleo, bo.me, ada.me, bo.me, cleo.me, ada.me),
      await direct(ada, ada.me, bo.me, cleo.me),
    ]) {
      expect(same.id).toBe(first.id)
    }
    const others = [await direct(ada, bo.me), await direct(ada, cleo.me), await direct(ada, ada.me)]
    expect(new Set([first.id, ...others.map(({ id }) => id)]).size).toBe(4)
    expect(others[2]?.with).toEqual([ada.me.id])
  })

  test('[R13] also when all of them ask at the same time', async () => {
    const people = await Promise.all([visitor(), visitor(), visitor()])
    const everybody = people.map(({ me }) => me)
    const rooms = await Promise.all([...people, ...people].map((client) => direct(client, ...everybody)))
    expect(new Set(rooms.map(({ id }) => id)).size).toBe(1)
    const [first] = people
    if (first) expect(await membersOf(rooms[0]?.id ?? '', first)).toHaveLength(3)
    await Promise.all(people.map((client) => client.close()))
  })

  test('[R14] has no name, lists its people, and is told to the others when it is made', async () => {
    const [dora, emil] = [await visitor(), await visitor()]
    const made = await direct(dora, emil.me)
    expect(made).toMatchObject({ kind: 'direct', name: '', topic: '', rev: 0 })
    expect([...(made.with ?? [])].sort()).toEqual([dora.me.id, emil.me.id].sort())
    expect((await emil.heard('room')).room).toEqual(made)
    expect((await say(emil, made.id, 'hello')).seq).toBe(1)
    await dora.heard('message', (frame) => frame.room === made.id)
    await direct(dora, emil.me)
    await settled(dora, emil)
    expect(emil.waiting('room', (frame) => frame.room.id === made.id)).toEqual([])
    await Promise.all([dora.close(), emil.close()])
  })

  test('[R15] has 1 to 10 people, who exist and are not banned', async () => {
    const people = await Promise.all(Array.from({ length: 10 }, () => guest()))
    const ids = people.map(({ user }) => user)
    expect((await direct(ada, ...ids.slice(0, 9))).with).toHaveLength(10)
    const frame = (...users: string[]) => ({ action: 'direct', with: users })
    for (const users of [ids.map(({ id }) => id), [], Array.from({ length: 11 }, () => bo.me.id), ['nobody']]) {
      expect(await ada.refusal(frame(...users))).toMatchObject({ code: 'bad_request' })
    }
    expect(await ada.refusal(frame(bo.me.id, randomUUID()))).toMatchObject({ code: 'not_found' })
    const banned = await member()
    await api.call('PATCH /api/accounts/{user}', { token: root.person.token, at: banned.me.id, body: { banned: true } })
    expect(await ada.refusal(frame(banned.me.id))).toMatchObject({ code: 'forbidden' })
  })
})

const publicly = ({ me: { id, name, kind } }: Client) => ({ id, name, kind })

describe('members', () => {
  test('[R16][P8] are listed by user id, with role and whether they are online', async () => {
    const place = await room('private', ada, bo, cleo)
    const away = await guest()
    await ada.ask('room', { action: 'invite', room: place, user: away.user.id, role: 'admin' })
    const { id, name, kind } = away.user
    const expected = [
      { ...publicly(ada), online: true, role: 'admin' },
      { ...publicly(bo), online: true, role: 'member' },
      { ...publicly(cleo), online: true, role: 'member' },
      { id, name, kind, online: false, role: 'admin' },
    ].sort((a, b) => (a.id < b.id ? -1 : 1))
    const { members, more } = await bo.ask('members', { action: 'members', room: place })
    expect(members).toEqual(expected)
    expect(more).toBe(false)
    const second = await bo.ask('members', { action: 'members', room: place, after: expected[1]?.id })
    expect(second.members).toEqual(expected.slice(2))
  })

  test('[R17] in small rooms coming and going of members is told to the others as room', async () => {
    const place = await room('public', ada, bo)
    const told = async () => {
      await settled(cleo, ada, bo)
      const counts = [ada, bo].map((client) => client.waiting('room', (frame) => frame.room.id === place).length)
      for (const client of [ada, bo]) client.clear()
      return counts
    }
    await cleo.ask('room', { action: 'join', room: place })
    expect(await told()).toEqual([1, 1])
    await cleo.ask('room', { action: 'join', room: place })
    expect(await told()).toEqual([0, 0])
    await cleo.ask('room', { action: 'leave', room: place })
    expect(await told()).toEqual([1, 1])
    await cleo.ask('room', { action: 'leave', room: place })
    expect(await told()).toEqual([0, 0])
    await ada.ask('room', invite(place, cleo))
    expect(await told()).toEqual([0, 1])
    await ada.ask('room', { action: 'remove', room: place, user: cleo.me.id })
    expect(await told()).toEqual([0, 1])
  })
})
