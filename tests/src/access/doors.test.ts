import { actions } from '@parley/protocol'
import { beforeEach, describe, expect, test } from 'vitest'
import { type OldClient, oldSystem, refusedWith } from '../harness/compat.ts'
import { newId, newName, newRoomId, say, settled } from '../harness/world.ts'
import { deeds, type Scene } from './deeds.ts'
import { accessWorld } from './people.ts'

const { api, deployment, root, member, actors, account, insider, outsider } = await accessWorld()
const rootToken = root.person.token
const keeper = await member()

const made = async (kind: 'public' | 'private'): Promise<string> => {
  const room = newRoomId()
  await keeper.ask('room', { action: 'create', room, kind })
  return room
}
const [open, hidden] = [await made('public'), await made('private')]
const direct = (await keeper.ask('room', { action: 'direct', with: [root.me.id] })).room.id
const secretText = newName('a word that is for members alone')
for (const room of [hidden, direct]) await say(keeper, room, secretText)

const state = async (room: string): Promise<string> => {
  const page = await keeper.ask('page', { action: 'history', room, limit: 500 })
  const { members } = await keeper.ask('members', { action: 'members', room })
  return JSON.stringify([page.rev, page.messages, members.map(({ id, role }) => [id, role])])
}
/** What rooms there are, by somebody who is in all that matter. */
const places = async (): Promise<readonly string[]> =>
  (await api.call('GET /api/rooms', { token: keeper.person.token })).rooms.map(({ id }) => id)

beforeEach(() => keeper.clear())

describe('the sockets of older systems', () => {
  const prompt = oldSystem(deployment, 'prompt')
  const asker = account()
  const promptQuery = async (): Promise<string> => {
    const { user, password } = await asker
    const answer = await prompt.ask('POST', '/login', { username: user.name, password })
    return `?token=Bearer%20${JSON.parse(answer.text).body.token}`
  }
  const opened: Record<string, () => Promise<OldClient>> = {
    prompt: async () => prompt.connect(await promptQuery()),
    broadcast: () => oldSystem(deployment, 'broadcast').connect(),
    'cloud-week': () => oldSystem(deployment, 'cloud-week').connect(),
    rooms: () => oldSystem(deployment, 'rooms').connect(`?user_id=7&room_id=${open}`),
    lambdasharp: () => oldSystem(deployment, 'lambdasharp').connect('?username=Eve'),
  }

  test.each(Object.keys(opened))(
    '[V1][V2][V4] %s: no frame does or tells anything of rooms that are not for it',
    async (name) => {
      const client = await (opened[name] as () => Promise<OldClient>)()
      const rooms = [hidden, direct]
      const before = await Promise.all(rooms.map(state))
      const there = await places()
      for (const place of rooms) {
        const own = newId()
        const people = { insider: insider.user.id, outsider: outsider.user.id }
        const scene: Scene = { place, theirs: own, own, replyToThem: own, replyToOwn: own, ...people }
        for (const { frame } of Object.values(deeds)) if (frame) client.send(frame(scene))
        for (const action of Object.keys(actions)) {
          client.send({ action, room: place, room_id: place, id: newId(), with: [root.me.id], v: 1 })
        }
      }
      await say(keeper, hidden, secretText)
      await say(keeper, direct, secretText)
      await settled(keeper, root)
      const after = await Promise.all(rooms.map(state))
      expect(after.map((one) => JSON.parse(one)[0])).toEqual(before.map((one) => JSON.parse(one)[0] + 1))
      expect(await places()).toEqual(there)
      expect(client.waiting().join('\n')).not.toContain(secretText)
      await client.close()
    },
  )

  test('[V4] a banned account has neither its sign-in nor its socket there', async () => {
    const { user, password } = await account()
    const login = async () =>
      JSON.parse((await prompt.ask('POST', '/login', { username: user.name, password })).text) as {
        readonly isAuthorized: boolean
        readonly body: { readonly token: string }
      }
    const { body } = await login()
    const patch = { token: rootToken, at: user.id, body: { banned: true } }
    await api.call('PATCH /api/accounts/{user}', patch)
    expect((await login()).isAuthorized).toBe(false)
    expect(await refusedWith(prompt.connect(`?token=Bearer%20${body.token}`))).toBe(400)
  })
})

describe('the HTTP of older systems', () => {
  const rooms = oldSystem(deployment, 'rooms')
  const said = (room: string) => ({ room_id: room, text: newName('said'), user_id: 7, name: 'Eve' })

  test('[V2] reads public rooms, and nothing of others, in the words that it has for those that do not exist', async () => {
    const { text } = await say(keeper, open, newName('for all'))
    expect((await rooms.ask('GET', `/chat?room_id=${open}`)).text).toContain(text)
    const missing = await rooms.ask('GET', `/chat?room_id=${newRoomId()}`)
    for (const room of [hidden, direct]) {
      const answer = await rooms.ask('GET', `/chat?room_id=${room}`)
      expect([answer.status, answer.text]).toEqual([missing.status, missing.text])
    }
  })

  test('[V4] writes in public rooms, and nothing in others', async () => {
    expect((await rooms.ask('PUT', '/chat', said(open))).status).toBe(200)
    await keeper.heard('message', ({ room }) => room === open)
    await settled(root, keeper)
    keeper.clear()
    for (const room of [hidden, direct]) {
      const before = await state(room)
      expect((await rooms.ask('PUT', '/chat', said(room))).status).toBe(400)
      expect(await refusedWith(rooms.connect(`?user_id=7&room_id=${room}`))).toBe(400)
      expect(await state(room)).toBe(before)
    }
    await settled(root, keeper)
    expect(keeper.all()).toEqual([])
  })
})

describe('a webhook', () => {
  const newHook = (room: string) =>
    api.call('POST /api/hooks', { token: rootToken, body: { room, name: newName('Hook') } })
  const call = async (secret: string, body: object = { text: 'said by a program' }): Promise<string> => {
    const answer = await api.raw('POST /api/hooks/{secret}', { at: secret, body })
    return answer.status < 400 ? 'done' : JSON.parse(answer.text).error.code
  }

  test('[H35][V1] speaks in its room and nowhere else, and its secret opens nothing', async () => {
    const { secret } = await newHook(open)
    const elsewhere = await state(hidden)
    expect(await call(secret)).toBe('done')
    for (const room of [hidden, direct, 'general']) expect(await call(secret, { text: 'x', room })).toBe('bad_request')
    expect(await state(hidden)).toBe(elsewhere)
    for (const name of ['GET /api/me', 'GET /api/rooms', 'POST /api/tickets'] as const) {
      expect((await api.refusal(name, { token: secret })).code).toBe('unauthorized')
    }
  })

  test('[H35][V5] says nothing any more when its room has removed it', async () => {
    const room = await made('private')
    await keeper.ask('room', { action: 'invite', room, user: root.me.id })
    const { hook, secret } = await newHook(room)
    expect(await call(secret)).toBe('done')
    await keeper.ask('room', { action: 'remove', room, user: hook.id })
    const before = await state(room)
    expect(await call(secret)).toBe('not_found')
    expect(await state(room)).toBe(before)
  })

  test('[H35][H32] is no bot that has a token, or a password', async () => {
    const { hook, secret } = await newHook(open)
    const token = rootToken
    expect((await api.refusal('POST /api/bots/{user}/tokens', { token, at: hook.id })).code).toBe('not_found')
    const body = { password: 'a password for a hook' }
    expect((await api.refusal('PATCH /api/accounts/{user}', { token, at: hook.id, body })).code).toBe('bad_request')
    expect(await call(secret)).toBe('done')
  })

  test.each(['guest', 'member', 'bot'] as const)(
    '[H35] is not to be made, seen or taken away by a %s',
    async (role) => {
      const { token } = actors[role].person
      const { hook, secret } = await newHook(open)
      const body = { room: open, name: newName('Hook') }
      expect((await api.refusal('POST /api/hooks', { token, body })).code).toBe('forbidden')
      expect((await api.refusal('GET /api/hooks', { token })).code).toBe('forbidden')
      expect((await api.refusal('DELETE /api/hooks/{user}', { token, at: hook.id })).code).toBe('forbidden')
      expect(await call(secret)).toBe('done')
    },
  )

  test.each(['admin', 'owner'] as const)(
    '[H35][V3] is not made by an %s in a room that they are not in',
    async (role) => {
      const { token } = actors[role].person
      for (const room of [hidden, newRoomId()]) {
        const body = { room, name: newName('Hook') }
        expect((await api.refusal('POST /api/hooks', { token, body })).code).toBe('not_found')
      }
    },
  )
})
