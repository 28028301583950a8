import type { RoomId } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import { createClient } from './client.ts'
import type { Clock } from './edges.ts'
import { webOutbox } from './outbox-storage.ts'
import { mapStorage } from './testing/map-storage.ts'
import { messageId } from './testing/samples.ts'
import { twoPeople } from './testing/two-people.ts'

describe('starting', () => {
  test('tells who one is, and knows the rooms', async () => {
    const { make, clock, people } = await twoPeople()
    const client = make('ada')
    expect(client.state.connection).toEqual({ status: 'idle' })
    const me = client.start()
    await clock.pass(1_000)
    await expect(me).resolves.toMatchObject({ id: people.ada.id, name: 'Ada', role: 'member' })
    expect([...client.state.rooms.keys()]).toEqual(['general'])
    expect(client.state.connection).toEqual({ status: 'online' })
  })

  test('without a session is refused', async () => {
    const client = createClient({ server: 'http://chat.test' })
    await expect(client.start()).rejects.toMatchObject({ code: 'signed_out' })
    expect(client.state.connection).toMatchObject({ status: 'ended', reason: { code: 'signed_out' } })
  })

  test('again after a stop goes on with what was written meanwhile', async () => {
    const { online, clock } = await twoPeople()
    const client = await online('ada')
    client.stop()
    expect(client.state.connection).toEqual({ status: 'idle' })
    const { stored } = client.send('general', 'hi')
    await expect(client.edit('general', 'x', 'y')).rejects.toMatchObject({ code: 'stopped' })
    client.start()
    await clock.pass(1_000)
    await expect(stored).resolves.toMatchObject({ text: 'hi', seq: 1 })
  })

  test('as somebody else forgets what the first one saw, but not what it wrote', async () => {
    const { online, clock, server, people, network } = await twoPeople()
    const outbox = webOutbox(mapStorage())
    const client = await online('ada', { outbox })
    await Promise.all([client.create('den', { kind: 'private' }), clock.pass(1_000)])
    network.isDown = true
    network.cut(undefined, true)
    client.send('den', 'later')
    network.isDown = false
    const { user, session } = people.bea.actor
    client.start(server.issue(user, session))
    await clock.pass(5_000)
    expect(client.state.me?.name).toBe('Bea')
    expect([...client.state.rooms.keys()]).toEqual(['general'])
    expect(client.state.outbox.size).toBe(0)
    client.start(server.issue(people.ada.actor.user, people.ada.actor.session))
    await clock.pass(5_000)
    client.open('den')
    await clock.pass(1_000)
    expect(client.state.rooms.get('den')?.window.messages.map(({ text }) => text)).toEqual(['later'])
  })
})

describe('ending', () => {
  test('by signing out elsewhere keeps what was under way for the next session', async () => {
    const { online, clock, chat, people, server } = await twoPeople()
    const client = await online('ada')
    const { stored } = client.send('general', 'hi')
    await chat.chat.execute(people.ada.actor, { action: 'sign-out' })
    await clock.pass(1_000)
    const again = await chat.signIn(people.ada)
    client.start(server.issue(again.actor.user, again.actor.session))
    await clock.pass(1_000)
    await expect(stored).resolves.toMatchObject({ text: 'hi' })
  })

  test('by signing out elsewhere says so, and refuses what is asked', async () => {
    const { online, clock, chat, people } = await twoPeople()
    const client = await online('ada')
    await chat.chat.execute(people.ada.actor, { action: 'sign-out' })
    await clock.pass(1_000)
    expect(client.state.connection).toMatchObject({ status: 'ended', reason: { code: 'signed_out', retry: null } })
    await expect(client.rename('Eve')).rejects.toMatchObject({ code: 'signed_out' })
  })

  test('by signing out forgets everything', async () => {
    const { online, clock } = await twoPeople()
    const kept = mapStorage()
    const client = await online('ada', { outbox: webOutbox(kept) })
    client.send('nowhere', 'lost')
    await clock.pass(1_000)
    expect(kept.length).toBe(1)
    const out = client.signOut()
    await clock.pass(1_000)
    await out
    expect(client.state).toMatchObject({ connection: { status: 'ended' }, me: undefined })
    expect([client.state.rooms.size, client.state.outbox.size, kept.length]).toEqual([0, 0, 0])
  })

  test('by a stop leaves no timer that keeps a process alive', async () => {
    const { online, clock } = await twoPeople()
    let running = 0
    const after: Clock['after'] = (ms, act) => {
      let isOver = false
      const end = (): void => {
        if (!isOver) running -= 1
        isOver = true
      }
      running += 1
      const callOff = clock.after(ms, () => {
        end()
        act()
      })
      return () => {
        end()
        callOff()
      }
    }
    const client = await online('ada', {}, { now: clock.now, after })
    client.send('general', 'hi')
    client.typing('general')
    client.read('general', 1)
    expect(running).toBeGreaterThan(0)
    client.stop()
    expect(running).toBe(0)
  })
})

describe('a room that is looked at', () => {
  const fill = async ({ chat, people }: Awaited<ReturnType<typeof twoPeople>>, count: number): Promise<void> => {
    for (let number = 1; number <= count; number += 1) {
      await chat.ports.store.appendMessage({
        id: messageId(number),
        room: 'general' as RoomId,
        from: { id: people.bea.id, name: 'Bea', kind: 'person' },
        text: `text ${number}`,
        at: new Date(0).toISOString(),
      })
    }
  }

  test('has its newest messages, and older ones page by page', async () => {
    const world = await twoPeople()
    await fill(world, 130)
    const client = await world.online('ada')
    const held = () => client.state.rooms.get('general')?.window.messages.length
    expect(held()).toBe(0)
    const close = client.open('general')
    await world.clock.pass(1_000)
    expect(held()).toBe(50)
    const both = Promise.all([client.older('general'), client.older('general')])
    await world.clock.pass(1_000)
    await expect(both).resolves.toEqual([true, true])
    expect(held()).toBe(100)
    const last = client.older('general')
    await world.clock.pass(1_000)
    await expect(last).resolves.toBe(false)
    await expect(client.older('general')).resolves.toBe(false)
    expect(held()).toBe(130)
    close()
    expect(held()).toBe(130)
  })

  test('keeps what was fetched until nobody looks at it any more', async () => {
    const world = await twoPeople()
    await fill(world, 230)
    const client = await world.online('ada')
    const ends = [client.open('general'), client.open('general')]
    await world.clock.pass(1_000)
    for (const _ of [1, 2, 3, 4]) {
      const page = client.older('general')
      await world.clock.pass(1_000)
      await page
    }
    const held = () => client.state.rooms.get('general')?.window.messages.length
    expect(held()).toBe(230)
    ends[0]?.()
    ends[0]?.()
    expect(held()).toBe(230)
    ends[1]?.()
    expect(held()).toBe(100)
  })
})

test('rooms that the welcome has no place for are fetched', async () => {
  const { chat, people, online, clock } = await twoPeople()
  const { id: user } = people.ada
  for (let number = 0; number < 320; number += 1) {
    const room = `room-${number}` as RoomId
    const at = chat.clock.iso(number)
    const facts = { id: room, kind: 'private', name: room, topic: 'x'.repeat(250), createdAt: at } as const
    await chat.ports.store.createRoom(facts, [{ room, user, role: 'member', joinedAt: at, read: 0 }])
  }
  const client = await online('ada')
  await clock.pass(5_000)
  expect(client.state.rooms.size).toBe(321)
  await chat.ports.store.removeMember('room-319' as RoomId, user)
  client.renewSocket()
  await clock.pass(5_000)
  expect(client.state.rooms.size).toBe(320)
  expect(client.state.isPartial).toBe(false)
})

test('the HTTP API is called with the token of the session', async () => {
  const { make, clock } = await twoPeople()
  const client = make('ada')
  const rooms = client.call('GET /api/rooms', {})
  await clock.pass(1_000)
  await expect(rooms).resolves.toMatchObject({ rooms: [{ id: 'general', member: true }] })
})
