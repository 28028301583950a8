import type { ConnectionId } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import type { Dialect } from './ports/dialect.ts'
import type { Ports } from './ports/ports.ts'
import { draft, facts, general, membership, roomId, upTo, userId } from './testing/samples.ts'
import { testChat } from './testing/test-chat.ts'

const stored = async (ports: Ports, room = general) => {
  const appended = await ports.store.appendMessage(draft(1, 1, { room }))
  if (appended === 'conflict') throw new Error('taken')
  return { type: 'message-changed', room, stored: appended.stored } as const
}

/** A dialect that knows messages only, and counts how often it writes one down. */
const shouting = () => {
  let encoded = 0
  const dialect: Dialect = {
    name: 'shout',
    decode: () => ({ command: { action: 'hello', v: 1 } }),
    encodeAnswer: () => undefined,
    encodeRefusal: () => undefined,
    encodeEvent: (event) => {
      if (event.type !== 'message-changed') return undefined
      encoded += 1
      return event.stored.message.text.toUpperCase()
    },
  }
  return { dialect, encoded: () => encoded }
}

describe('deliver', () => {
  test('[S2] skips the connection whose answer has told it', async () => {
    const { chat, connect, person, ports } = testChat()
    const [ada, bea] = [await connect(await person('Ada')), await connect(await person('Bea'))]
    ada.forget()
    await chat.deliver({ event: await stored(ports), skip: ada.connection.id })
    expect(ada.heard).toStrictEqual([])
    expect(bea.heard).toHaveLength(1)
  })

  test('encodes once for each dialect, and says nothing where a dialect has no word for it', async () => {
    const { dialect, encoded } = shouting()
    const sent: { to: number; frame: string }[] = []
    const { chat, connect, open, person, ports, metrics } = testChat({
      dialects: [dialect],
      wrap: ({ sockets }) => ({
        sockets: {
          ...sockets,
          send: async (to, frame) => {
            sent.push({ to: to.length, frame })
            return sockets.send(to, frame)
          },
        },
      }),
    })
    for (const number of upTo(3)) await connect(await person(`Person ${number}`))
    for (const number of upTo(4)) {
      const client = await open(await person(`Shouter ${number}`), { dialect: 'shout' })
      await client.sayText('')
    }
    sent.length = 0
    await chat.deliver({ event: await stored(ports) })
    expect(encoded()).toBe(1)
    expect(sent.map(({ to }) => to)).toStrictEqual([3, 4])
    expect(sent[1]?.frame).toBe('TEXT 1')
    expect(metrics.counted('parley_deliveries_total', { type: 'message-changed' })).toBe(7)
    await chat.deliver({ event: { type: 'typed', room: general, user: userId(1) } })
    expect(sent.at(-1)).toMatchObject({ to: 3 })
  })

  test('a dialect that is not known here is passed over', async () => {
    const { chat, ports, person, connect } = testChat()
    const ada = await connect(await person('Ada'))
    const stranger = { ...ada.connection, id: 'stranger' as ConnectionId, dialect: 'unheard of' }
    await chat.open(stranger)
    await ports.connections.enter(stranger.id, [general])
    await chat.deliver({ event: await stored(ports) })
    expect(ada.heard).toMatchObject([{ type: 'message' }])
  })

  test('[P1] connections that turn out to be dead are ended, and their users gone for the others', async () => {
    const { chat, connect, person, ports } = testChat()
    const [ada, bea] = [await connect(await person('Ada')), await connect(await person('Bea'))]
    bea.break()
    ada.forget()
    await chat.deliver({ event: await stored(ports) })
    expect(await ports.connections.state(bea.connection.id)).toBeUndefined()
    expect(ada.heard).toStrictEqual([
      expect.objectContaining({ type: 'message' }),
      { type: 'presence', user: bea.connection.user, online: false },
    ])
  })

  test('a dead connection keeps nobody else from hearing, also when all but one are dead', async () => {
    const { chat, connect, person, ports } = testChat()
    const clients = []
    for (const number of upTo(5)) clients.push(await connect(await person(`Person ${number}`)))
    for (const client of clients.slice(0, 4)) client.break()
    clients[4]?.forget()
    await chat.deliver({ event: await stored(ports) })
    expect(clients[4]?.heard.filter(({ type }) => type === 'message')).toHaveLength(1)
    expect(clients[4]?.heard.filter(({ type }) => type === 'presence')).toHaveLength(4)
  })

  test('[D4] twice does no harm', async () => {
    const { chat, connect, person, ports } = testChat()
    const ada = await connect(await person('Ada'))
    ada.forget()
    const event = await stored(ports)
    await chat.deliver({ event })
    await chat.deliver({ event })
    expect(ada.heard).toHaveLength(2)
    expect(ada.heard[0]).toStrictEqual(ada.heard[1])
    await chat.deliver({ event: { type: 'session-ended', session: ada.connection.session } })
    await chat.deliver({ event: { type: 'session-ended', session: ada.connection.session } })
    expect(ada.closed).toMatchObject({ code: 4401 })
  })

  test('the end of one connection is nobody else’s news', async () => {
    const { chat, connect, person } = testChat()
    const ada = await connect(await person('Ada'))
    await chat.deliver({ event: { type: 'connection-ended', code: 1001, message: '', retry: null } })
    expect(ada.heard).toStrictEqual([])
    expect(ada.closed).toBeUndefined()
  })
})

describe('[R17] small rooms', () => {
  test.each([
    [2, 1],
    [3, 0],
  ])('of %s connections, where 2 are few: %s heard who types, comes or goes', async (connections, told) => {
    const { chat, connect, person, ports } = testChat({ settings: { smallRoomConnections: 2 } })
    const clients = []
    for (const number of upTo(connections)) clients.push(await connect(await person(`Person ${number}`)))
    const [one, ...others] = clients
    for (const client of clients) client.forget()
    const user = one?.connection.user ?? userId(0)
    const skip = one?.connection.id
    const room = { id: general, kind: 'public', name: '', topic: '', rev: 0 } as const
    for (const event of [
      { type: 'typed', room: general, user },
      { type: 'presence-changed', user, online: true, rooms: [general] },
      { type: 'members-changed', room },
    ] as const) {
      await chat.deliver({ event, ...(skip && { skip }) })
    }
    for (const other of others) expect(other.heard).toHaveLength(3 * told)
    await chat.deliver({ event: { type: 'room-changed', room } })
    await chat.deliver({ event: await stored(ports) })
    for (const other of others) expect(other.heard).toHaveLength(3 * told + 2)
  })

  test('[P1][P4] who shares several rooms is told once', async () => {
    const { chat, connect, person, ports } = testChat()
    const [ada, bea] = [await person('Ada'), await person('Bea')]
    const members = [ada, bea].map(({ id }) => membership('den', 0, { user: id }))
    await ports.store.createRoom(facts('den', { kind: 'private' }), members)
    const client = await connect(ada)
    const rooms = [general, roomId('den')]
    client.forget()
    await chat.deliver({ event: { type: 'presence-changed', user: bea.id, online: true, rooms } })
    await chat.deliver({ event: { type: 'user-renamed', user: { id: bea.id, name: 'Zoe', kind: 'person' }, rooms } })
    expect(client.heard.map(({ type }) => type)).toStrictEqual(['presence', 'user'])
  })
})

describe('endings', () => {
  test('[C3][C1] the end of a session closes its connections, with bye, and no others', async () => {
    const { chat, connect, person, signIn, ports } = testChat()
    const ada = await person('Ada')
    const [phone, laptop] = [await connect(ada), await connect(await signIn(ada))]
    await chat.deliver({ event: { type: 'session-ended', session: phone.connection.session } })
    expect(phone.heard.at(-1)).toStrictEqual({ type: 'bye', code: 4401, message: expect.any(String), retry: null })
    expect(phone.closed).toMatchObject({ code: 4401 })
    expect(laptop.closed).toBeUndefined()
    expect(await ports.connections.state(laptop.connection.id)).toBe('greeted')
  })

  test('a dialect without a word for it is closed all the same', async () => {
    const { dialect } = shouting()
    const { chat, open, person } = testChat({ dialects: [dialect] })
    const client = await open(await person('Ada'), { dialect: 'shout' })
    await client.sayText('')
    await chat.deliver({ event: { type: 'user-banned', user: client.connection.user, sessions: [] } })
    expect(client.closed).toMatchObject({ code: 4403 })
  })
})
