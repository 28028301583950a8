import { describe, expect, test } from 'vitest'
import { newId, newRoomId, nextMillisecond, say, settled, world } from '../harness/world.ts'

const { api, guest, account, connect, socket, visitor, member, room } = await world()
const ada = await member()

describe('hello', () => {
  test('[G1] is answered by welcome, with a connection of its own and a heartbeat', async () => {
    const person = await guest()
    const clients = await Promise.all([connect(person), connect(person), visitor()])
    for (const { welcome } of clients) {
      expect(welcome.v).toBe(1)
      expect(welcome.heartbeat).toBeGreaterThanOrEqual(1)
    }
    expect(new Set(clients.map(({ welcome }) => welcome.connection)).size).toBe(3)
  })

  test('[G2] before it a socket is told nothing of what happens', async () => {
    const person = await account()
    const [greeted, silent] = [await connect(person), await socket(person)]
    const message = await say(ada, 'general', 'before hello')
    await ada.ask('room', { action: 'create', room: newRoomId(), kind: 'public' })
    await greeted.ask('ok', { action: 'rename', name: `${person.user.name} again` })
    await greeted.heard('message', (frame) => frame.message.id === message.id)
    await silent.ask('welcome', { action: 'hello', v: 1 })
    expect(silent.all()).toEqual([])
    await say(ada, 'general', 'after hello')
    await silent.heard('message')
  })

  test('[G3] another action before it is bad_request and has no effect', async () => {
    const silent = await socket(await guest())
    const id = newId()
    const frames = [
      { action: 'send', room: 'general', id, text: 'too early' },
      { action: 'history', room: 'general' },
      { action: 'ping' },
      { action: 'rename', name: 'Too Early' },
    ]
    const refusals = await Promise.all(frames.map((frame) => silent.refusal(frame)))
    for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'bad_request', retry: null })
    const { me } = await silent.ask('welcome', { action: 'hello', v: 1 })
    expect(me.name).not.toBe('Too Early')
    const { messages } = await silent.ask('page', { action: 'history', room: 'general' })
    expect(messages.map((message) => message.id)).not.toContain(id)
  })

  test.each([0, 2, 1.5, -1, '1', true, null, [1], undefined])('[G4] the version %j is bad_request', async (v) => {
    const early = await socket(await guest())
    expect(await early.refusal({ action: 'hello', v })).toMatchObject({ code: 'bad_request' })
    await early.ask('welcome', { action: 'hello', v: 1 })
  })

  test('[G4] a second hello is bad_request, and the connection goes on', async () => {
    const client = await visitor()
    expect(await client.refusal({ action: 'hello', v: 1 })).toMatchObject({ code: 'bad_request' })
    await settled(ada, client)
    await say(client, 'general', 'as before')
  })

  test('frames sent right behind it are answered after it', async () => {
    const client = await socket(await guest())
    const welcome = client.ask('welcome', { action: 'hello', v: 1 })
    const sent = client.ask('message', { action: 'send', room: 'general', id: newId(), text: 'at once' })
    await welcome
    await sent
  })
})

describe('welcome', () => {
  test.each(['member', 'admin', 'owner'] as const)('[G5] tells a %s who it is', async (role) => {
    const person = await account(role)
    const { welcome } = await connect(person)
    expect(welcome.me).toEqual({ id: person.user.id, name: person.user.name, kind: 'person', role })
    expect(await api.call('GET /api/me', { token: person.token })).toEqual({ user: welcome.me })
  })

  test('[G5] tells a guest who it is', async () => {
    const person = await guest('Gast')
    expect((await connect(person)).welcome.me).toEqual({
      id: person.user.id,
      name: 'Gast',
      kind: 'guest',
      role: 'guest',
    })
  })

  test('[G6][R6] has the rooms of the user in the order of joining, as they now are', async () => {
    const bo = await member()
    const [first, second, third] = ['z', 'a', 'm'].map((prefix) => `${prefix}-${newRoomId()}`)
    await ada.ask('room', { action: 'create', room: first, kind: 'private', name: 'The first' })
    await ada.ask('room', { action: 'set', room: first, topic: 'its topic' })
    await say(ada, first ?? '', 'one')
    await say(ada, first ?? '', 'two')
    await ada.ask('room', { action: 'create', room: second, kind: 'public' })
    await ada.ask('room', { action: 'create', room: third, kind: 'public' })
    await ada.ask('room', { action: 'invite', room: first, user: bo.me.id })
    await nextMillisecond()
    await bo.ask('room', { action: 'join', room: second })
    await nextMillisecond()
    await bo.ask('room', { action: 'join', room: third })
    await bo.ask('room', { action: 'leave', room: third })
    await bo.ask('ok', { action: 'read', room: first, seq: 1 })
    const { welcome } = await connect(bo.person)
    expect(welcome.rooms.map(({ id }) => id)).toEqual(['general', first, second])
    expect(welcome.rooms[1]).toEqual({
      id: first,
      kind: 'private',
      name: 'The first',
      topic: 'its topic',
      rev: 2,
      read: 1,
      unread: 1,
    })
    expect(welcome.more).toBe(false)
  })

  test('[G7] has the people of the direct rooms, oneself too, each once', async () => {
    const [bo, cleo, dora] = [await member(), await visitor(), await guest()]
    await bo.ask('room', { action: 'direct', with: [cleo.me.id] })
    await bo.ask('room', { action: 'direct', with: [cleo.me.id, dora.user.id] })
    const { welcome } = await connect(bo.person)
    expect(welcome.rooms.slice(1).map((shown) => shown.with?.length)).toEqual([2, 3])
    const people = [...welcome.users].sort((a, b) => a.id.localeCompare(b.id))
    const seen = (person: { id: string; name: string; kind: string }, online: boolean) => ({
      id: person.id,
      name: person.name,
      kind: person.kind,
      online,
    })
    expect(people).toEqual(
      [seen(bo.me, true), seen(cleo.me, true), seen(dora.user, false)].sort((a, b) => a.id.localeCompare(b.id)),
    )
    expect((await connect(await guest())).welcome.users).toEqual([])
  })

  test('[G6][G8][L2] leaves rooms out when they are too many for a frame, and tells what happens in those too', async () => {
    const bo = await member()
    const long = { name: '한'.repeat(80), topic: '한'.repeat(250) }
    const rooms: string[] = []
    for (let index = 0; index < 110; index += 1) {
      const id = newRoomId()
      rooms.push(id)
      await nextMillisecond()
      await bo.ask('room', { action: 'create', room: id, kind: 'private' })
      await bo.ask('room', { action: 'set', room: id, ...long })
    }
    const again = await connect(bo.person)
    expect(again.welcome.more).toBe(true)
    const shown = again.welcome.rooms.map(({ id }) => id)
    expect(shown).toEqual(['general', ...rooms].slice(0, shown.length))
    expect(shown.length).toBeGreaterThan(60)
    const hidden = rooms.at(-1) ?? ''
    expect(shown).not.toContain(hidden)
    const { id } = await say(bo, hidden, 'in a room that welcome had no place for')
    await again.heard('message', ({ message }) => message.id === id)
    const listed: string[] = []
    for (let after: string | undefined, more = true; more; ) {
      const page = await api.call('GET /api/rooms', { token: bo.person.token, ...(after && { query: { after } }) })
      listed.push(...page.rooms.filter(({ member: own }) => own).map((own) => own.id))
      after = page.rooms.at(-1)?.id
      more = page.more
    }
    expect(listed).toEqual(['general', ...rooms].sort())
  })

  test('[G8] leaves no gap between what it has and what is told: every later change is told or found by sync', async () => {
    const cleo = await guest()
    let writing = true
    const written = (async () => {
      let last = 0
      while (writing) last = (await say(ada, 'general', 'on and on')).rev
      return last
    })()
    const newcomers = await Promise.all(Array.from({ length: 20 }, () => connect(cleo)))
    writing = false
    const last = await written
    await settled(ada, ...newcomers)
    for (const newcomer of newcomers) {
      const from = newcomer.welcome.rooms.find(({ id }) => id === 'general')?.rev ?? Number.NaN
      const told = new Set(newcomer.waiting('message').map(({ rev }) => rev))
      for (let since = from, more = true; more; ) {
        const synced = await newcomer.ask('synced', { action: 'sync', room: 'general', since, limit: 500 })
        for (const { rev } of synced.messages) told.add(rev)
        since = synced.rev
        more = synced.more
      }
      for (let rev = from + 1; rev <= last; rev += 1) expect(told.has(rev), `rev ${rev} after ${from}`).toBe(true)
    }
  })

  test('a room that is private is not in the welcome of others', async () => {
    const secret = await room('private', ada)
    const { welcome } = await visitor()
    expect(JSON.stringify(welcome)).not.toContain(secret)
  })
})
