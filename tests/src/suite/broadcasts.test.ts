import { describe, expect, test } from 'vitest'
import { tooLong } from '../harness/gateway.ts'
import { connectionsOf } from '../harness/records.ts'
import { tenAtATime } from '../harness/ten-at-a-time.ts'
import { say, settled, world } from '../harness/world.ts'

const { api, visitor, member, connect, socket, guest, room } = await world()
const [root, ada, bo] = [await member('admin'), await member(), await visitor()]

describe('broadcast', () => {
  test('[B1] of an admin tells every other greeted connection', async () => {
    const silent = await socket(await guest())
    const tablet = await connect(root.person)
    await root.ask('ok', { action: 'broadcast', text: 'To all\nof you' })
    const heard = await Promise.all([ada, bo, tablet].map((client) => client.heard('broadcast')))
    const [first] = heard
    expect(heard).toEqual([first, first, first])
    const { id, name, kind } = root.me
    expect(first).toMatchObject({ from: { id, name, kind }, text: 'To all\nof you' })
    expect(Math.abs(Date.parse(first?.at ?? '') - Date.now())).toBeLessThan(60_000)
    await settled(ada, root)
    expect(root.waiting('broadcast')).toEqual([])
    await silent.ask('welcome', { action: 'hello', v: 1 })
    expect(silent.all()).toEqual([])
    await Promise.all([silent.close(), tablet.close()])
  })

  test('[B2] of anybody else is forbidden, and nobody is told', async () => {
    const owner = await member('owner')
    await owner.ask('ok', { action: 'broadcast', text: 'by the owner' })
    for (const client of [ada, bo]) {
      await client.heard('broadcast')
      expect(await client.refusal({ action: 'broadcast', text: 'hear me' })).toMatchObject({ code: 'forbidden' })
      const { token } = client.person
      const refusal = await api.refusal('POST /api/broadcasts', { token, body: { text: 'hear me' } })
      expect(refusal.code).toBe('forbidden')
    }
    await settled(ada, bo, root)
    for (const client of [ada, bo]) expect(client.waiting('broadcast')).toEqual([])
    await owner.close()
    root.clear()
  })

  test('[B3] over HTTP is answered 201 with it, and tells the own sockets too', async () => {
    const { broadcast } = await api.call('POST /api/broadcasts', {
      token: root.person.token,
      body: { text: 'by HTTP' },
    })
    for (const client of [root, ada, bo]) {
      expect(await client.heard('broadcast')).toEqual({ type: 'broadcast', ...broadcast })
    }
  })

  test('[B4] belongs to no room, and is not told to who connects later', async () => {
    const place = await room('public', ada)
    await root.ask('ok', { action: 'broadcast', text: 'only now' })
    await ada.heard('broadcast')
    const late = await visitor()
    await settled(ada, late)
    expect(late.waiting('broadcast')).toEqual([])
    for (const id of ['general', place]) {
      const { messages } = await late.ask('page', { action: 'history', room: id })
      expect(messages.map(({ text }) => text)).not.toContain('only now')
    }
    await late.close()
  })

  test('[W15][W16][W17] has a text under the rules of texts', async () => {
    for (const text of ['', ' ', 'a\u0000b', '\r\n']) {
      expect(await root.refusal({ action: 'broadcast', text })).toMatchObject({ code: 'bad_request' })
    }
    expect(await root.refusal({ action: 'broadcast', text: 'x'.repeat(10_001) })).toMatchObject({ code: tooLong() })
  })
})

describe('records of connections', () => {
  test('[H19] tell who was connected from when to when, the newest first, also after the end', async () => {
    const person = await guest()
    const before = Date.now()
    const [first, second] = [await connect(person), await connect(person)]
    const silent = await socket(person)
    await first.close()
    await root.heard('presence', (frame) => frame.user === person.user.id && frame.online)
    const ended = await connectionsOf(api, root.person, person, (records) => records.some((one) => one.disconnectedAt))
    const { id, name, kind } = person.user
    expect(ended.map((record) => record.user)).toEqual([0, 1, 2].map(() => ({ id, name, kind })))
    expect(ended.map((record) => record.id).slice(1)).toEqual([second.welcome.connection, first.welcome.connection])
    expect(ended.map(({ dialect }) => dialect)).toEqual(['parley', 'parley', 'parley'])
    expect(ended.map(({ disconnectedAt }) => disconnectedAt === null)).toEqual([true, true, false])
    for (const { connectedAt } of ended) expect(Date.parse(connectedAt)).toBeGreaterThanOrEqual(before - 1000)
    const gone = ended[2]
    expect(Date.parse(gone?.disconnectedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(gone?.connectedAt ?? ''))
    await Promise.all([second.close(), silent.close()])
    const all = await connectionsOf(api, root.person, person, (records) => records.every((one) => one.disconnectedAt))
    expect(all).toHaveLength(3)
  })

  test('[H19] tell the latest message and broadcast of the time of the connection', async () => {
    const person = await guest()
    const client = await connect(person)
    const record = async () => (await connectionsOf(api, root.person, person))[0]
    expect(await record()).toMatchObject({ latestMessage: null, latestBroadcast: null })
    await say(client, 'general', 'first')
    const last = await say(client, 'general', 'last')
    await root.ask('ok', { action: 'broadcast', text: 'heard by this one' })
    const { at } = await client.heard('broadcast')
    const expected = {
      latestMessage: { room: 'general', at: last.at, text: 'last' },
      latestBroadcast: { text: 'heard by this one', at },
    }
    expect(await record()).toMatchObject(expected)
    await client.close()
    await connectionsOf(api, root.person, person, (records) => records.every((one) => one.disconnectedAt))
    await root.ask('ok', { action: 'broadcast', text: 'not heard by this one' })
    await api.call('POST /api/rooms/{room}/messages', { token: person.token, at: 'general', body: { text: 'by HTTP' } })
    expect(await record()).toMatchObject(expected)
  })

  test('[H20] show the text of a message in a public room, and of no other', async () => {
    const person = await guest()
    const client = await connect(person)
    const secret = await room('private', ada, client)
    const { room: direct } = await client.ask('room', { action: 'direct', with: [ada.me.id] })
    for (const id of [secret, direct.id]) {
      const { at } = await say(client, id, 'among us')
      const answer = await api.raw('GET /api/connections', { token: root.person.token })
      expect(answer.text).not.toContain('among us')
      expect((await connectionsOf(api, root.person, person))[0]?.latestMessage).toEqual({ room: id, at })
    }
    await say(client, 'general', 'in public')
    expect((await connectionsOf(api, root.person, person))[0]?.latestMessage?.text).toBe('in public')
    await client.close()
  })

  test('[H20] a deleted message shows no words of it', async () => {
    const client = await visitor()
    const { id } = await say(client, 'general', 'regretted')
    await client.ask('message', { action: 'delete', room: 'general', id })
    const answer = await api.raw('GET /api/connections', { token: root.person.token })
    expect(answer.text).not.toContain('regretted')
    await client.close()
  })

  test('[H19][H5] are listed by pages after a connection, for admins', async () => {
    const person = await guest()
    await tenAtATime(110, async () => (await connect(person)).close())
    const { token } = root.person
    const first = await api.call('GET /api/connections', { token })
    expect([first.connections.length, first.more]).toEqual([100, true])
    const after = first.connections.at(-1)?.id ?? ''
    const second = await api.call('GET /api/connections', { token, query: { after } })
    const ids = [...first.connections, ...second.connections].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const times = [...first.connections, ...second.connections].map(({ connectedAt }) => connectedAt)
    expect(times).toEqual([...times].sort().reverse())
    for (const client of [ada, bo]) {
      expect((await api.refusal('GET /api/connections', { token: client.person.token })).status).toBe(403)
    }
  })
})
