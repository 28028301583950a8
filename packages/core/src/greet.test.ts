import { type Down, limits } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import { account, draft, facts, membership, roomId, upTo, userId } from './testing/samples.ts'
import { testChat } from './testing/test-chat.ts'

const hello = { action: 'hello', v: 1 }
type Welcome = Down<'welcome'>

const arriving = async () => {
  const chat = testChat()
  const ada = await chat.person('Ada')
  const welcome = async () => (await (await chat.open(ada)).say(hello)) as Welcome
  return { ...chat, ada, welcome }
}

describe('welcome', () => {
  test('[G1][G5] says who one is, and by what name the connection goes', async () => {
    const { open, ada, ports } = await arriving()
    const client = await open(ada)
    expect(await client.say({ ...hello, ref: 'r' })).toStrictEqual({
      type: 'welcome',
      ref: 'r',
      v: 1,
      connection: client.connection.id,
      me: { id: ada.id, name: 'Ada', kind: 'person', role: 'member' },
      rooms: [{ id: 'general', kind: 'public', name: 'general', topic: '', rev: 0, read: 0, unread: 0 }],
      users: [],
      heartbeat: ports.settings.heartbeatMs / 1_000,
      more: false,
    })
  })

  test('[G6] brings the rooms by joining, with their revs and markers', async () => {
    const { welcome, ports, ada, clock } = await arriving()
    for (const word of ['zoo', 'attic', 'yard']) {
      clock.pass(1_000)
      const member = membership(word, 0, { user: ada.id, joinedAt: clock.iso(), read: word === 'zoo' ? 1 : 0 })
      await ports.store.createRoom(facts(word), [member])
    }
    for (const number of upTo(3)) await ports.store.appendMessage(draft(number, 1, { room: roomId('zoo') }))
    await ports.store.createRoom(facts('not-mine'), [])
    const { rooms } = await welcome()
    expect(rooms.map(({ id }) => id)).toStrictEqual(['general', 'zoo', 'attic', 'yard'])
    expect(rooms[1]).toMatchObject({ rev: 3, read: 1, unread: 2 })
  })

  test('[G7][P8] brings the people of direct rooms, each once, and who of them is there', async () => {
    const { welcome, chat, ada, person, connect } = await arriving()
    const [bea, cai] = [await person('Bea'), await person('Cai')]
    for (const people of [[bea.id], [bea.id, cai.id]]) await chat.execute(ada.actor, { action: 'direct', with: people })
    await connect(cai)
    const { users, rooms } = await welcome()
    expect(users).toHaveLength(3)
    expect(new Set(users)).toStrictEqual(
      new Set([
        { id: ada.id, name: 'Ada', kind: 'person', online: true },
        { id: bea.id, name: 'Bea', kind: 'person', online: false },
        { id: cai.id, name: 'Cai', kind: 'person', online: true },
      ]),
    )
    expect(rooms.map((room) => room.with?.length).sort()).toStrictEqual([2, 3, undefined])
  })

  test('[G6][L2] that does not fit says so: the first rooms that do, and more', async () => {
    const { welcome, ports, ada, clock } = await arriving()
    const topic = '한'.repeat(limits.topicCharacters)
    const words = upTo(200).map((number) => `room-${String(number).padStart(3, '0')}`)
    for (const word of words) {
      clock.pass(1)
      await ports.store.createRoom(facts(word, { topic }), [
        membership(word, 0, { user: ada.id, joinedAt: clock.iso() }),
      ])
    }
    const frame = await welcome()
    expect(frame.more).toBe(true)
    const bytes = Buffer.byteLength(JSON.stringify(frame))
    expect(bytes).toBeLessThanOrEqual(limits.downBytes)
    expect(bytes).toBeGreaterThan(limits.downBytes - 3_500)
    expect(frame.rooms.map(({ id }) => id)).toStrictEqual(['general', ...words].slice(0, frame.rooms.length))
  })

  test('[G6] of more rooms than are read at once that fit says that there are no more', async () => {
    const { welcome, ports, ada } = await arriving()
    for (const number of upTo(250)) {
      await ports.store.createRoom(facts(`room-${number}`), [membership(`room-${number}`, 0, { user: ada.id })])
    }
    const frame = await welcome()
    expect(frame.rooms).toHaveLength(251)
    expect(frame.more).toBe(false)
  })

  test('[G6][G7] holds the people of the rooms in it, and of no others', async () => {
    const { welcome, ports, ada, clock } = await arriving()
    for (const number of upTo(limits.directPeople * 100)) {
      await ports.store.addUser({
        ...account(number + 100),
        name: `P ${number}`.padEnd(40, '한'),
      })
    }
    for (const number of upTo(100)) {
      const people = upTo(9).map((index) => userId(100 + (number - 1) * 9 + index))
      const room = `direct-${number}`
      clock.pass(1)
      await ports.store.createRoom(facts(room, { kind: 'direct', name: '', with: [ada.id, ...people] }), [
        membership(room, 0, { user: ada.id, joinedAt: clock.iso() }),
      ])
    }
    const frame = await welcome()
    expect(frame.more).toBe(true)
    expect(Buffer.byteLength(JSON.stringify(frame))).toBeLessThanOrEqual(limits.downBytes)
    const needed = new Set(frame.rooms.flatMap((room) => room.with ?? []))
    expect(new Set(frame.users.map(({ id }) => id))).toStrictEqual(needed)
  })
})

describe('[G8] from welcome on', () => {
  test('a connection hears all its rooms, also those that did not fit', async () => {
    const { open, ports, ada, chat, person } = await arriving()
    const bea = await person('Bea')
    const topic = '한'.repeat(limits.topicCharacters)
    const words = upTo(150).map((number) => `room-${number}`)
    for (const word of words) {
      const members = [ada, bea].map(({ id }) => membership(word, 0, { user: id }))
      await ports.store.createRoom(facts(word, { topic }), members)
    }
    const client = await open(ada)
    const frame = (await client.say(hello)) as Welcome
    expect(frame.more).toBe(true)
    for (const [index, word] of words.entries()) {
      await chat.execute(bea.actor, { action: 'send', room: roomId(word), id: userId(index) as never, text: 'hi' })
    }
    expect(client.heard.filter(({ type }) => type === 'message')).toHaveLength(words.length)
  })

  test('[G2] before it, a socket is told nothing', async () => {
    const { open, ada, chat, person } = await arriving()
    const [bea, client] = [await person('Bea', { role: 'admin' }), await open(ada)]
    await chat.execute(bea.actor, { action: 'send', room: roomId('general'), id: userId(1) as never, text: 'hi' })
    await chat.execute(bea.actor, { action: 'broadcast', text: 'hear' })
    await chat.execute(bea.actor, { action: 'direct', with: [ada.id] })
    expect(client.heard).toStrictEqual([])
  })
})
