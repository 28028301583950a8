import type { Down } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import { type Client, newId, newRoomId, say, world } from '../harness/world.ts'

const { api, visitor, member, room } = await world()
const [ada, bo, outsider] = [await member(), await visitor(), await visitor()]

type Message = Down<'message'>['message']

/** Asks on until nothing is left; checks what every answer must be. */
const syncAll = async (client: Client, place: string, since: number, limit?: number): Promise<readonly Message[]> => {
  const found: Message[] = []
  for (let from = since; ; ) {
    const { messages, rev, more } = await client.ask('synced', {
      action: 'sync',
      room: place,
      since: from,
      ...(limit && { limit }),
    })
    expect(rev).toBeGreaterThanOrEqual(from)
    for (const message of messages) {
      expect(message.rev).toBeGreaterThan(from)
      expect(message.rev).toBeLessThanOrEqual(rev)
    }
    found.push(...messages)
    if (!more) return found
    expect(messages.length).toBeGreaterThan(0)
    from = rev
  }
}

/** All pages, from the newest to the oldest; checks that they join. */
const historyAll = async (client: Client, place: string, limit: number): Promise<readonly Message[]> => {
  const found: Message[] = []
  for (let before: number | undefined; ; before = found[0]?.seq) {
    const page = await client.ask('page', { action: 'history', room: place, limit, ...(before && { before }) })
    expect(page.messages.length).toBeLessThanOrEqual(limit)
    found.unshift(...page.messages)
    if (!page.more) return found
    expect(page.messages.length).toBeGreaterThan(0)
  }
}

/** A room with 60 messages, of which some were edited, deleted and reacted to afterwards. */
const lively = await room('public', ada, bo)
for (let index = 0; index < 60; index += 1) await say(index % 2 ? ada : bo, lively, `message ${index}`)
const { messages: sent } = await ada.ask('page', { action: 'history', room: lively, limit: 500 })
const change = (index: number, frame: object) =>
  (index % 2 ? ada : bo).ask('message', { action: 'edit', room: lively, id: sent[index]?.id, ...frame })
await change(3, { text: 'edited' })
await change(10, { action: 'delete' })
await change(59, { text: 'edited' })
await change(3, { text: 'edited again' })
await change(0, { action: 'react', emoji: '👍', on: true })
const headRev = 65

describe('sync', () => {
  test('[Y1] brings every message whose rev is above, once, as it stands, by rev', async () => {
    const all = await syncAll(outsider, lively, 0, 500)
    expect(all).toHaveLength(60)
    expect(all.map(({ rev }) => rev)).toEqual(all.map(({ rev }) => rev).sort((a, b) => a - b))
    const { messages } = await ada.ask('page', { action: 'history', room: lively, limit: 500 })
    expect([...all].sort((a, b) => a.seq - b.seq)).toEqual(messages)
    const late = await syncAll(outsider, lively, 60)
    expect(late.map(({ seq, rev }) => [seq, rev])).toEqual([
      [11, 62],
      [60, 63],
      [4, 64],
      [1, 65],
    ])
    for (const since of [0, 1, 5, 59, 61, 62, 64]) {
      expect(await syncAll(outsider, lively, since)).toEqual(all.filter(({ rev }) => rev > since))
    }
  })

  test('[Y2] says up to where it is complete', async () => {
    for (const since of [headRev, headRev + 1, 2 ** 53 - 1]) {
      expect(await ada.ask('synced', { action: 'sync', room: lively, since })).toMatchObject({
        messages: [],
        rev: headRev,
        more: false,
      })
    }
    const part = await ada.ask('synced', { action: 'sync', room: lively, since: 0, limit: 7 })
    expect([part.messages.length, part.rev, part.more]).toEqual([7, part.messages.at(-1)?.rev, true])
    expect((await ada.ask('synced', { action: 'sync', room: lively, since: 0, limit: 500 })).rev).toBe(headRev)
  })

  test('[Y2] of a room in which nothing was said is complete at 0', async () => {
    const empty = await room('public', ada)
    expect(await ada.ask('synced', { action: 'sync', room: empty, since: 0 })).toMatchObject({
      messages: [],
      rev: 0,
      more: false,
    })
  })

  test.each([1, 2, 7, 60])('[Y3] asking on by %i brings everything', async (limit) => {
    const all = await syncAll(outsider, lively, 0, 500)
    expect(await syncAll(outsider, lively, 0, limit)).toEqual(all)
  })

  test('[Y3] asking on while others write and change brings every change that was answered before', async () => {
    const place = await room('public', ada, bo)
    let writing = true
    const answered: Message[] = []
    const write = async (client: Client) => {
      while (writing) {
        const message = await say(client, place, 'text')
        answered.push(message)
        if (message.seq % 3 === 0) {
          answered.push(
            (await client.ask('message', { action: 'edit', room: place, id: message.id, text: 'new' })).message,
          )
        }
      }
    }
    const writers = [write(ada), write(bo)]
    for (let round = 0; round < 15; round += 1) {
      const held = new Map<string, Message>()
      const before = [...answered]
      for (const message of await syncAll(outsider, place, 0, 20)) held.set(message.id, message)
      for (const message of before) expect(held.get(message.id)?.rev).toBeGreaterThanOrEqual(message.rev)
    }
    writing = false
    await Promise.all(writers)
  })
})

describe('history', () => {
  test('[Y4] brings the newest messages below a seq, ascending by seq', async () => {
    const { messages, more } = await ada.ask('page', { action: 'history', room: lively })
    expect(messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, index) => index + 11))
    expect(more).toBe(true)
    const older = await ada.ask('page', { action: 'history', room: lively, before: 11 })
    expect(older.messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 10 }, (_, index) => index + 1))
    expect(older.more).toBe(false)
    for (const before of [0, 1]) {
      const none = await ada.ask('page', { action: 'history', room: lively, before })
      expect([none.messages, none.more]).toEqual([[], false])
    }
    const beyond = await ada.ask('page', { action: 'history', room: lively, before: 2 ** 53 - 1, limit: 1 })
    expect(beyond.messages.map(({ seq }) => seq)).toEqual([60])
  })

  test.each([1, 7, 60, 500])('[Y4] pages of %i join to the whole', async (limit) => {
    const { messages } = await ada.ask('page', { action: 'history', room: lively, limit: 500 })
    expect(await historyAll(outsider, lively, limit)).toEqual(messages)
  })

  test('[Y5] has the rev from which sync brings every later change of what it holds', async () => {
    const place = await room('public', ada, bo)
    let writing = true
    const writers = [ada, bo].map(async (client) => {
      while (writing) {
        const { id } = await say(client, place, 'text')
        await client.ask('message', { action: 'edit', room: place, id, text: 'changed' })
      }
    })
    const { messages, rev } = await outsider.ask('page', { action: 'history', room: place })
    await Promise.all([say(ada, place, 'one more'), say(bo, place, 'one more')])
    writing = false
    await Promise.all(writers)
    const held = new Map(messages.map((message) => [message.id, message]))
    for (const message of await syncAll(outsider, place, rev)) held.set(message.id, message)
    const fresh = await historyAll(outsider, place, 500)
    for (const message of fresh.slice(-held.size)) expect(held.get(message.id)).toEqual(message)
    expect((await ada.ask('page', { action: 'history', room: lively })).rev).toBe(headRev)
  })
})

describe('limits of both', () => {
  test('[Y6] 50 when left out, 500 at most', async () => {
    const place = await room('public', ada)
    for (let index = 0; index < 505; index += 1) await say(ada, place, 'x')
    const frames = [
      { action: 'history', room: place },
      { action: 'sync', room: place, since: 0 },
    ]
    for (const frame of frames) {
      const type = frame.action === 'sync' ? 'synced' : 'page'
      expect((await ada.ask(type, frame)).messages).toHaveLength(50)
      const most = await ada.ask(type, { ...frame, limit: 500 })
      expect(most.messages.length).toBeLessThanOrEqual(500)
      expect(most.more).toBe(true)
      for (const limit of [0, 501, -1, 1.5, '50', null]) {
        expect(await ada.refusal({ ...frame, limit })).toMatchObject({ code: 'bad_request' })
      }
    }
  })

  test('[Y7][L2] both end early rather than to be over 100,000 bytes', async () => {
    const place = await room('public', ada)
    const texts = Array.from({ length: 12 }, (_, index) => `${index}${'한'.repeat(9_900)}`)
    for (const text of texts) await say(ada, place, text)
    const page = await ada.ask('page', { action: 'history', room: place, limit: 500 })
    expect(page.messages.map(({ seq }) => seq)).toEqual([10, 11, 12])
    expect(page.more).toBe(true)
    const synced = await ada.ask('synced', { action: 'sync', room: place, since: 0, limit: 500, ref: '🙂'.repeat(32) })
    expect(synced.messages.map(({ seq }) => seq)).toEqual([1, 2, 3])
    expect([synced.rev, synced.more]).toEqual([3, true])
    expect((await syncAll(ada, place, 0, 500)).map(({ text }) => text)).toEqual(texts)
    expect((await historyAll(ada, place, 500)).map(({ text }) => text)).toEqual(texts)
    const { token } = ada.person
    const http = await api.raw('GET /api/rooms/{room}/messages', { token, at: place, query: { limit: 500 } })
    expect(Buffer.byteLength(http.text)).toBeLessThanOrEqual(100_000)
  })

  test('[Y7] a text that JSON makes long is measured as it is sent', async () => {
    const place = await room('public', ada)
    for (let index = 0; index < 8; index += 1) await say(ada, place, `${'"\\\n'.repeat(3_330)}.`)
    expect(await historyAll(ada, place, 500)).toHaveLength(8)
    expect(await syncAll(ada, place, 0, 500)).toHaveLength(8)
  })

  test('[Y8] deleted messages are in both, as they stand', async () => {
    const deleted = (await ada.ask('page', { action: 'history', room: lively, limit: 500 })).messages[10]
    expect(deleted).toMatchObject({ seq: 11, rev: 62, text: '' })
    expect(deleted).toHaveProperty('deletedAt')
    expect(await syncAll(bo, lively, 61, 1)).toContainEqual(deleted)
  })

  test('[Y9] a public room may be read by who has not joined it', async () => {
    for (const [type, frame] of [
      ['page', { action: 'history' }],
      ['synced', { action: 'sync', since: 0 }],
      ['members', { action: 'members' }],
    ] as const) {
      await outsider.ask(type, { ...frame, room: lively })
    }
    const { members } = await outsider.ask('members', { action: 'members', room: lively })
    expect(members.map(({ id }) => id)).not.toContain(outsider.me.id)
  })
})

describe('ping', () => {
  test('[Y10] tells the revs of rooms that the user may read', async () => {
    const [secret, empty] = [await room('private', ada), await room('public', ada)]
    await say(ada, secret, 'secret')
    expect(await bo.ask('pong', { action: 'ping', ref: 'p' })).toEqual({ type: 'pong', ref: 'p' })
    const rooms = [lively, secret, empty, newRoomId(), lively]
    expect((await bo.ask('pong', { action: 'ping', rooms })).revs).toEqual({ [lively]: headRev, [empty]: 0 })
    expect((await ada.ask('pong', { action: 'ping', rooms })).revs).toEqual({
      [lively]: headRev,
      [secret]: 1,
      [empty]: 0,
    })
    expect((await bo.ask('pong', { action: 'ping', rooms: [] })).revs).toEqual({})
  })

  test('[Y10] asks 100 rooms at most', async () => {
    const rooms = Array.from({ length: 101 }, newRoomId)
    expect(await bo.refusal({ action: 'ping', rooms })).toMatchObject({ code: 'bad_request' })
    expect((await bo.ask('pong', { action: 'ping', rooms: rooms.slice(1) })).revs).toEqual({})
  })
})

test('what does not exist cannot be read', async () => {
  for (const frame of [{ action: 'history' }, { action: 'sync', since: 0 }, { action: 'members' }]) {
    expect(await ada.refusal({ ...frame, room: newRoomId() })).toMatchObject({ code: 'not_found' })
  }
  expect(await ada.refusal({ action: 'edit', room: lively, id: newId(), text: 'x' })).toMatchObject({
    code: 'not_found',
  })
})
