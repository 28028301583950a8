import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { deeds, type Scene } from '../access/deeds.ts'
import type { UpFrame } from '../harness/raw-client.ts'
import { type Client, newId, newName, newRoomId, say, settled, world } from '../harness/world.ts'

const { api, member, visitor, room } = await world()
const [root, bystander] = [await member('owner'), await member()]

/** Each frame that is about a room, by what it tries. */
const attempts = (scene: Scene): Readonly<Record<string, UpFrame>> => ({
  ...Object.fromEntries(Object.entries(deeds).flatMap(([name, { frame }]) => (frame ? [[name, frame(scene)]] : []))),
  join: { action: 'join', room: scene.place },
  leave: { action: 'leave', room: scene.place },
})

const answerTo = async (client: Client, frame: UpFrame): Promise<string> => {
  const ref = newId()
  const answer = client.answer(ref, frame.action)
  client.tell({ ...frame, ref })
  const got = await answer
  return got.type === 'error' ? got.code : 'done'
}

const people: Record<string, Promise<Client>> = {
  guest: visitor(),
  member: member(),
  admin: member('admin'),
  owner: member('owner'),
}

describe('rooms that are not for everybody', () => {
  test('[V2] answer in the same words as rooms that do not exist, whatever the action', async () => {
    const { room: direct } = await bystander.ask('room', { action: 'direct', with: [root.me.id] })
    const messages = { theirs: newId(), own: newId(), replyToThem: newId(), replyToOwn: newId() }
    const set = { ...messages, insider: bystander.me.id, outsider: randomUUID() }
    for (const role of ['guest', 'member', 'admin', 'owner']) {
      const client = await (people[role] as Promise<Client>)
      const nowhere = newRoomId()
      for (const place of [await room('private', bystander), direct.id]) {
        const [here, there] = [attempts({ ...set, place }), attempts({ ...set, place: nowhere })]
        for (const [name, mine] of Object.entries(here)) {
          const other = there[name] as UpFrame
          const [hidden, missing] = [await client.refusal(mine), await client.refusal(other)]
          expect({ ...hidden, ref: '' }).toEqual({ ...missing, ref: '' })
          expect(hidden.code).toBe('not_found')
        }
        const { token } = client.person
        const overHttp = (at: string) => api.refusal('GET /api/rooms/{room}/messages', { token, at })
        expect((await overHttp(place)).text).toBe((await overHttp(nowhere)).text)
      }
    }
  })

  test('[V2] are in no list of who is not in them', async () => {
    const secret = await room('private', bystander)
    const { room: direct } = await bystander.ask('room', { action: 'direct', with: [root.me.id] })
    for (const role of ['guest', 'member', 'admin', 'owner']) {
      const client = await (people[role] as Promise<Client>)
      const listed = await api.raw('GET /api/rooms', { token: client.person.token })
      for (const id of [secret, direct.id]) expect(listed.text).not.toContain(id)
      expect((await client.ask('pong', { action: 'ping', rooms: [secret, direct.id] })).revs).toEqual({})
    }
  })

  test('[V3] let server admins who are in them do what admins of the room do', async () => {
    const admin = await (people.admin as Promise<Client>)
    const place = await room('private', bystander, admin)
    expect((await admin.ask('room', { action: 'set', room: place, topic: 'by a server admin' })).room.topic).not.toBe(
      '',
    )
    await bystander.ask('room', { action: 'remove', room: place, user: admin.me.id })
    expect(await admin.refusal({ action: 'set', room: place, topic: 'x' })).toMatchObject({ code: 'not_found' })
    expect(await admin.refusal({ action: 'join', room: place })).toMatchObject({ code: 'not_found' })
  })
})

test('[V4] what was refused has changed nothing and is told to nobody', async () => {
  const place = await room('private', bystander, root)
  const { id } = await say(bystander, place, 'untouched')
  const stranger = await (people.member as Promise<Client>)
  const state = async () =>
    JSON.stringify([
      await root.ask('page', { action: 'history', room: place, ref: 'state 1' }),
      await root.ask('members', { action: 'members', room: place, ref: 'state 2' }),
      await root.ask('room', { action: 'join', room: 'general', ref: 'state 3' }).then(() => 0),
    ])
  const before = await state()
  await settled(bystander, root, stranger)
  for (const client of [bystander, root]) client.clear()
  const insider = bystander.me.id
  const messages = { theirs: id, own: id, replyToThem: id, replyToOwn: id }
  for (const frame of Object.values(attempts({ place, ...messages, insider, outsider: stranger.me.id }))) {
    await stranger.refusal(frame)
  }
  await settled(stranger, bystander, root)
  for (const client of [bystander, root]) expect(client.all()).toEqual([])
  expect(await state()).toBe(before)
})

describe('[V5] rights are looked up at every frame', () => {
  test('[V5] a new role holds for the open connections', async () => {
    const client = await member()
    const broadcast = { action: 'broadcast', text: 'text' }
    const patch = (role: string) =>
      api.call('PATCH /api/accounts/{user}', { token: root.person.token, at: client.me.id, body: { role } })
    expect(await answerTo(client, broadcast)).toBe('forbidden')
    await patch('admin')
    expect(await answerTo(client, broadcast)).toBe('done')
    await patch('member')
    expect(await answerTo(client, broadcast)).toBe('forbidden')
    await client.close()
  })

  test('[V5] so do a removal, an invitation and a role in a room', async () => {
    const client = await member()
    const place = await room('private', bystander)
    const send = () => answerTo(client, { action: 'send', room: place, id: newId(), text: 'x' })
    const set = () => answerTo(client, { action: 'set', room: place, topic: newName() })
    const invite = { action: 'invite', room: place, user: client.me.id }
    expect([await send(), await set()]).toEqual(['not_found', 'not_found'])
    await bystander.ask('room', invite)
    expect([await send(), await set()]).toEqual(['done', 'forbidden'])
    await bystander.ask('room', { ...invite, role: 'admin' })
    expect([await send(), await set()]).toEqual(['done', 'done'])
    await bystander.ask('room', { ...invite, role: 'member' })
    expect([await send(), await set()]).toEqual(['done', 'forbidden'])
    await bystander.ask('room', { action: 'remove', room: place, user: client.me.id })
    expect([await send(), await set()]).toEqual(['not_found', 'not_found'])
    await client.close()
  })
})
