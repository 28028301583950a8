import { randomUUID } from 'node:crypto'
import type { EndpointName } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import type { UpFrame } from '../harness/raw-client.ts'
import { type Client, newId, newName, newRoomId, say, settled, world } from '../harness/world.ts'

const { api, guest, member, visitor, room } = await world()

/** Who somebody is: on the server, and in the room. */
const standpoints = {
  'a guest outside': { role: 'guest', inside: false },
  'a guest inside': { role: 'guest', inside: true },
  'a guest named admin of the room': { role: 'guest', inside: true, named: true },
  'a member outside': { role: 'member', inside: false },
  'a member inside': { role: 'member', inside: true },
  'an admin of the room': { role: 'member', inside: true, named: true },
  'a server admin outside': { role: 'admin', inside: false },
  'a server admin inside': { role: 'admin', inside: true },
  'an owner outside': { role: 'owner', inside: false },
  'an owner inside': { role: 'owner', inside: true },
} as const
type Standpoint = keyof typeof standpoints
const everybody = Object.keys(standpoints) as Standpoint[]
const inside = everybody.filter((who) => standpoints[who].inside)
const serverAdmins = everybody.filter((who) => ['admin', 'owner'].includes(standpoints[who].role))
const roomAdmins: Standpoint[] = ['an admin of the room', ...serverAdmins]

type Kind = 'public' | 'private' | 'direct'

/** Who may, of those who see the room; where nobody is named, all of them. */
const mayIn: Record<string, { readonly [K in Kind]: readonly Standpoint[] }> = {
  sync: { public: everybody, private: inside, direct: inside },
  history: { public: everybody, private: inside, direct: inside },
  members: { public: everybody, private: inside, direct: inside },
  send: { public: inside, private: inside, direct: inside },
  'edit own': { public: inside, private: inside, direct: inside },
  'delete own': { public: [...inside, ...serverAdmins], private: inside, direct: inside },
  react: { public: inside, private: inside, direct: inside },
  typing: { public: inside, private: inside, direct: inside },
  read: { public: inside, private: inside, direct: inside },
  "edit another's": { public: [], private: [], direct: [] },
  "delete another's": { public: roomAdmins, private: roomAdmins, direct: serverAdmins },
  set: { public: roomAdmins, private: roomAdmins, direct: serverAdmins },
  invite: {
    public: ['a member inside', ...roomAdmins],
    private: ['a member inside', ...roomAdmins],
    direct: [],
  },
  'invite with a role': { public: roomAdmins, private: roomAdmins, direct: [] },
  remove: { public: roomAdmins, private: roomAdmins, direct: [] },
  leave: { public: everybody, private: inside, direct: [] },
}

const [root, maker, bystander] = [await member('owner'), await member(), await member()]

interface Scene {
  readonly place: string
  /** A message of somebody else's, and one of the own, where one could write. */
  readonly theirs: string
  readonly own: string
  /** Somebody who is in the room, and somebody who is not. */
  readonly insider: string
  readonly outsider: string
}

/** A room in which the client stands so. */
const scene = async (kind: Kind, who: Standpoint, client: Client): Promise<Scene> => {
  const { inside: isInside, ...rest } = standpoints[who]
  const [insider, outsider] = [await guest(), await guest()]
  if (kind === 'direct') {
    const people = [insider.user.id, bystander.me.id, ...(isInside ? [client.me.id] : [])]
    const { room: direct } = await maker.ask('room', { action: 'direct', with: people })
    const theirs = await say(bystander, direct.id, 'theirs')
    const own = isInside ? await say(client, direct.id, 'own') : theirs
    return { place: direct.id, theirs: theirs.id, own: own.id, insider: insider.user.id, outsider: outsider.user.id }
  }
  const place = await room(kind, maker, bystander, client)
  await maker.ask('room', { action: 'invite', room: place, user: insider.user.id })
  const theirs = await say(bystander, place, 'theirs')
  const own = await say(client, place, 'own')
  if ('named' in rest) await maker.ask('room', { action: 'invite', room: place, user: client.me.id, role: 'admin' })
  if (!isInside) await maker.ask('room', { action: 'remove', room: place, user: client.me.id })
  return { place, theirs: theirs.id, own: own.id, insider: insider.user.id, outsider: outsider.user.id }
}

/** Each attempt as a frame; the destructive ones last. */
const attempts = ({ place, theirs, own, insider, outsider }: Scene): Readonly<Record<string, UpFrame>> => ({
  sync: { action: 'sync', room: place, since: 0 },
  history: { action: 'history', room: place },
  members: { action: 'members', room: place },
  send: { action: 'send', room: place, id: newId(), text: 'text' },
  'edit own': { action: 'edit', room: place, id: own, text: 'changed' },
  react: { action: 'react', room: place, id: theirs, emoji: '👍', on: true },
  typing: { action: 'typing', room: place },
  read: { action: 'read', room: place, seq: 1 },
  "edit another's": { action: 'edit', room: place, id: theirs, text: 'changed' },
  set: { action: 'set', room: place, topic: newName('Topic') },
  invite: { action: 'invite', room: place, user: outsider },
  'invite with a role': { action: 'invite', room: place, user: outsider, role: 'member' },
  'delete own': { action: 'delete', room: place, id: own },
  "delete another's": { action: 'delete', room: place, id: theirs },
  remove: { action: 'remove', room: place, user: insider },
  leave: { action: 'leave', room: place },
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

describe.each<Kind>(['public', 'private', 'direct'])('in a %s room', (kind) => {
  const possible = kind === 'direct' ? everybody.filter((who) => !('named' in standpoints[who])) : everybody

  test.each(possible)('[V1][V2][V3] %s', async (who) => {
    const client = await (people[standpoints[who].role] as Promise<Client>)
    const set = await scene(kind, who, client)
    const hidden = kind !== 'public' && !standpoints[who].inside
    for (const [name, frame] of Object.entries(attempts(set))) {
      const may = mayIn[name]?.[kind].includes(who)
      const expected = hidden ? 'not_found' : may ? 'done' : 'forbidden'
      expect(`${name}: ${await answerTo(client, frame)}`).toBe(`${name}: ${expected}`)
    }
  })
})

describe('on the server', () => {
  const roles = ['guest', 'member', 'admin', 'owner'] as const
  test.each(roles)('[V1] what a %s may', async (role) => {
    const client = await (people[role] as Promise<Client>)
    const administers = role === 'admin' || role === 'owner'
    const attempts: [UpFrame, boolean][] = [
      [{ action: 'create', room: newRoomId(), kind: 'public' }, role !== 'guest'],
      [{ action: 'create', room: newRoomId(), kind: 'private' }, role !== 'guest'],
      [{ action: 'join', room: await room('public', bystander) }, true],
      [{ action: 'direct', with: [bystander.me.id] }, true],
      [{ action: 'rename', name: newName('Renamed') }, true],
      [{ action: 'broadcast', text: 'text' }, administers],
    ]
    for (const [frame, may] of attempts) {
      expect(`${frame.action}: ${await answerTo(client, frame)}`).toBe(`${frame.action}: ${may ? 'done' : 'forbidden'}`)
    }
  })

  test.each(roles)('[V1][H5] what a %s may over HTTP', async (role) => {
    const { person } = await (people[role] as Promise<Client>)
    const { token } = person
    const administers = role === 'admin' || role === 'owner'
    const target = await member()
    const account = (given?: string) => ({
      body: { name: newName('Made'), password: 'password', ...(given && { role: given }) },
    })
    const open = await room('public', bystander)
    const secret = await room('private', bystander)
    const attempts: [EndpointName, object, number][] = [
      ['GET /api/me', {}, 200],
      ['GET /api/rooms', {}, 200],
      ['GET /api/users', {}, 200],
      ['POST /api/tickets', {}, 201],
      ['GET /api/rooms/{room}/messages', { at: open }, 200],
      ['POST /api/rooms/{room}/messages', { at: open, body: { text: 'text' } }, 403],
      ['POST /api/rooms/{room}/messages', { at: 'general', body: { text: 'text' } }, 201],
      ['GET /api/rooms/{room}/messages', { at: secret }, 404],
      ['POST /api/rooms/{room}/messages', { at: secret, body: { text: 'text' } }, 404],
      ['POST /api/broadcasts', { body: { text: 'text' } }, administers ? 201 : 403],
      ['GET /api/connections', {}, administers ? 200 : 403],
      ['GET /api/accounts', {}, administers ? 200 : 403],
      ['POST /api/accounts', account(), administers ? 201 : 403],
      ['POST /api/accounts', account('member'), administers ? 201 : 403],
      ['POST /api/accounts', account('admin'), role === 'owner' ? 201 : 403],
      ['POST /api/accounts', account('owner'), role === 'owner' ? 201 : 403],
      ['PATCH /api/accounts/{user}', { at: target.me.id, body: { banned: false } }, administers ? 200 : 403],
      ['PATCH /api/accounts/{user}', { at: target.me.id, body: { role: 'admin' } }, role === 'owner' ? 200 : 403],
      ['PATCH /api/accounts/{user}', { at: root.me.id, body: { banned: false } }, role === 'owner' ? 200 : 403],
    ]
    for (const [name, question, status] of attempts) {
      const answer = await api.raw(name, { token, ...question })
      expect(`${name} ${JSON.stringify(question)}: ${answer.status}`).toBe(
        `${name} ${JSON.stringify(question)}: ${status}`,
      )
    }
    await target.close()
  })
})

describe('rooms that are not for everybody', () => {
  test('[V2] answer in the same words as rooms that do not exist, whatever the action', async () => {
    const { room: direct } = await bystander.ask('room', { action: 'direct', with: [root.me.id] })
    const set = { theirs: newId(), own: newId(), insider: bystander.me.id, outsider: randomUUID() }
    for (const role of ['guest', 'member', 'admin', 'owner']) {
      const client = await (people[role] as Promise<Client>)
      const nowhere = newRoomId()
      for (const place of [await room('private', bystander), direct.id]) {
        const [here, there] = [attempts({ ...set, place }), attempts({ ...set, place: nowhere })]
        for (const name of [...Object.keys(here), 'join']) {
          const [mine, other] = [
            here[name] ?? { action: 'join', room: place },
            there[name] ?? { action: 'join', room: nowhere },
          ]
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
  for (const frame of Object.values(attempts({ place, theirs: id, own: id, insider, outsider: stranger.me.id }))) {
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
