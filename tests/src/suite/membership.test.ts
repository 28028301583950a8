import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { type Client, newId, say, settled, world } from '../harness/world.ts'

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

describe('join and leave', () => {
  test('[R4] join makes a member of a public room, and changes nothing for one', async () => {
    const place = await room('public', ada)
    const { room: joined } = await cleo.ask('room', { action: 'join', room: place })
    expect(joined).toMatchObject({ id: place, kind: 'public' })
    expect((await membersOf(place)).find(({ id }) => id === cleo.me.id)?.role).toBe('member')
    await cleo.ask('room', { action: 'join', room: place })
    expect((await ada.ask('room', { action: 'join', room: place })).room).toEqual(joined)
    expect((await membersOf(place)).map(({ id, role }) => [id, role]).sort()).toEqual(
      [
        [ada.me.id, 'admin'],
        [cleo.me.id, 'member'],
      ].sort(),
    )
  })

  test('[R5] the other devices of a user are told what it joins and leaves', async () => {
    const place = await room('public', ada)
    const tablet = await connect(cleo.person)
    await cleo.ask('room', { action: 'join', room: place })
    expect((await tablet.heard('room', (frame) => frame.room.id === place)).room.kind).toBe('public')
    await say(ada, place, 'to both')
    await tablet.heard('message', (frame) => frame.room === place)
    await cleo.ask('room', { action: 'leave', room: place })
    expect(await tablet.heard('left')).toEqual({ type: 'left', room: place })
    await ada.ask('room', invite(place, cleo))
    await tablet.heard('room', (frame) => frame.room.id === place)
    await cleo.heard('room', (frame) => frame.room.id === place)
    await ada.ask('room', { action: 'remove', room: place, user: cleo.me.id })
    await tablet.heard('left', (frame) => frame.room === place)
    await cleo.heard('left', (frame) => frame.room === place)
    await tablet.close()
  })

  test('[R6] after leave no device is told anything of the room', async () => {
    const place = await room('private', ada, bo)
    const tablet = await connect(bo.person)
    await bo.ask('room', { action: 'leave', room: place })
    await tablet.heard('left', (frame) => frame.room === place)
    await settled(ada, bo, tablet)
    for (const client of [bo, tablet]) client.clear()
    await say(ada, place, 'among us')
    await ada.ask('room', { action: 'set', room: place, topic: 'secret' })
    await ada.ask('ok', { action: 'typing', room: place })
    await ada.ask('room', invite(place, root))
    await settled(ada, bo, tablet)
    for (const client of [bo, tablet]) expect(JSON.stringify(client.all())).not.toContain(place)
    expect(await bo.refusal({ action: 'history', room: place })).toMatchObject({ code: 'not_found' })
    await tablet.close()
  })

  test('[R6] leaving a public room that one is not in changes nothing', async () => {
    const place = await room('public', ada)
    expect((await cleo.ask('room', { action: 'leave', room: place })).room.id).toBe(place)
    expect(await membersOf(place)).toHaveLength(1)
  })

  test('[R7] nobody leaves general or a direct room, nor is removed from it', async () => {
    const direct = (await ada.ask('room', { action: 'direct', with: [bo.me.id] })).room.id
    for (const id of ['general', direct]) {
      expect(await ada.refusal({ action: 'leave', room: id })).toMatchObject({ code: 'forbidden' })
    }
    expect(await root.refusal({ action: 'remove', room: 'general', user: ada.me.id })).toMatchObject({
      code: 'forbidden',
    })
    expect(await bo.refusal({ action: 'remove', room: direct, user: ada.me.id })).toMatchObject({ code: 'forbidden' })
    expect(await membersOf(direct)).toHaveLength(2)
  })
})

describe('invite', () => {
  test('[R8] makes a member at once, who reads the whole history and is told room', async () => {
    const place = await room('private', ada)
    const before = await say(ada, place, 'before')
    bo.clear()
    const { room: shown } = await ada.ask('room', invite(place, bo))
    expect((await bo.heard('room', (frame) => frame.room.id === place)).room).toEqual(shown)
    expect((await bo.ask('page', { action: 'history', room: place })).messages).toEqual([before])
    expect((await say(bo, place, 'thanks')).seq).toBe(2)
  })

  test('[R8] to a public room is for its members and for server admins', async () => {
    const place = await room('public', ada)
    const dora = await guest()
    const frame = { action: 'invite', room: place, user: dora.user.id }
    expect(await bo.refusal(frame)).toMatchObject({ code: 'forbidden' })
    await root.ask('room', frame)
    expect((await membersOf(place)).map(({ id }) => id)).toContain(dora.user.id)
    await bo.ask('room', { action: 'join', room: place })
    await bo.ask('room', invite(place, root))
  })

  test('[R9] of a member without a role changes nothing; with one it gives that role', async () => {
    const place = await room('public', ada, bo)
    const roleOf = async (client: Client) => (await membersOf(place)).find(({ id }) => id === client.me.id)?.role
    await ada.ask('room', invite(place, bo, 'admin'))
    expect(await roleOf(bo)).toBe('admin')
    await ada.ask('room', invite(place, bo))
    expect(await roleOf(bo)).toBe('admin')
    await bo.ask('room', invite(place, cleo, 'member'))
    expect(await roleOf(cleo)).toBe('member')
    await bo.ask('room', invite(place, ada, 'member'))
    expect(await roleOf(ada)).toBe('member')
    await root.ask('room', invite(place, ada, 'admin'))
    expect(await roleOf(ada)).toBe('admin')
  })

  test('[R9] with a role is forbidden to members', async () => {
    const place = await room('public', ada, bo)
    const dora = await visitor()
    for (const role of ['member', 'admin']) {
      for (const target of [dora, bo, ada]) {
        expect(await bo.refusal(invite(place, target, role))).toMatchObject({ code: 'forbidden' })
      }
    }
    for (const role of ['owner', 'guest', '', 'Admin']) {
      expect(await ada.refusal({ ...invite(place, bo), role })).toMatchObject({ code: 'bad_request' })
    }
    expect(await membersOf(place)).toHaveLength(2)
  })

  test('[R10] of nobody is not_found; of a banned user, or to a direct room, forbidden', async () => {
    const place = await room('public', ada)
    const banned = await member()
    await api.call('PATCH /api/accounts/{user}', { token: root.person.token, at: banned.me.id, body: { banned: true } })
    expect(await ada.refusal({ action: 'invite', room: place, user: randomUUID() })).toMatchObject({
      code: 'not_found',
    })
    expect(await ada.refusal(invite(place, banned))).toMatchObject({ code: 'forbidden' })
    const direct = (await ada.ask('room', { action: 'direct', with: [bo.me.id] })).room.id
    expect(await ada.refusal(invite(direct, cleo))).toMatchObject({ code: 'forbidden' })
    expect(await membersOf(direct)).toHaveLength(2)
  })
})

describe('remove', () => {
  test('[R11] ends a membership; the removed is told left, and nothing sent afterwards', async () => {
    const place = await room('private', ada, bo)
    const tablet = await connect(bo.person)
    await ada.ask('room', { action: 'remove', room: place, user: bo.me.id })
    for (const client of [bo, tablet]) expect((await client.heard('left')).room).toBe(place)
    await settled(ada, bo, tablet)
    for (const client of [bo, tablet]) client.clear()
    await say(ada, place, 'without Bo')
    await ada.ask('room', { action: 'set', room: place, topic: 'without Bo' })
    await settled(ada, bo, tablet)
    for (const client of [bo, tablet]) expect(JSON.stringify(client.all())).not.toContain(place)
    expect(await bo.refusal({ action: 'sync', room: place, since: 0 })).toMatchObject({ code: 'not_found' })
    await tablet.close()
  })

  test('[R11] while messages rush in lets nothing through that was sent after it was answered', async () => {
    const place = await room('private', ada, bo)
    for (let round = 0; round < 10; round += 1) {
      await ada.ask('room', invite(place, bo))
      const rush = Array.from({ length: 10 }, () => say(ada, place, 'rush'))
      const { room: after } = await ada.ask('room', { action: 'remove', room: place, user: bo.me.id })
      const late = await say(ada, place, 'late')
      await Promise.all(rush)
      await settled(ada, bo)
      expect(late.rev).toBeGreaterThan(after.rev)
      expect(bo.waiting('message', ({ message }) => message.id === late.id)).toEqual([])
      bo.clear()
    }
  })

  test('[R11] is for admins of the room and of the server', async () => {
    const place = await room('public', ada, bo, cleo)
    for (const client of [bo, cleo]) {
      expect(await client.refusal({ action: 'remove', room: place, user: ada.me.id })).toMatchObject({
        code: 'forbidden',
      })
    }
    await root.ask('room', { action: 'remove', room: place, user: cleo.me.id })
    await ada.ask('room', { action: 'remove', room: place, user: bo.me.id })
    expect((await membersOf(place)).map(({ id }) => id)).toEqual([ada.me.id])
    for (const user of [bo.me.id, randomUUID()]) {
      expect(await ada.refusal({ action: 'remove', room: place, user })).toMatchObject({ code: 'not_found' })
    }
  })
})

test('a message of a room that one was removed from can be repeated by nobody', async () => {
  const place = await room('private', ada, bo)
  const id = newId()
  await bo.ask('message', { action: 'send', room: place, id, text: 'mine' })
  await ada.ask('room', { action: 'remove', room: place, user: bo.me.id })
  const again = { action: 'send', room: place, id, text: 'mine' }
  expect(await bo.refusal(again)).toMatchObject({ code: 'not_found' })
})
