import type { RoomId } from '@parley/protocol'
import { beforeEach, describe, expect, test } from 'vitest'
import { type TestApi, type TestBearer, testApi } from './test-api.ts'

const id = '8f14e45f-ceea-467f-a0e6-1d2b3c4d5e6f'
const general = '/api/rooms/general/messages'

let server: TestApi
let ada: TestBearer
let bo: TestBearer

/** A member of the server makes a room. */
const makeRoom = async (by: TestBearer, room: string, kind: 'public' | 'private'): Promise<void> => {
  await server.chat.execute(by.actor, { action: 'create', room: room as RoomId, kind })
}

const texts = (body: unknown) => (body as { messages: { text: string }[] }).messages.map(({ text }) => text)

beforeEach(async () => {
  server = testApi()
  ada = await server.person('Ada')
  bo = await server.guest('Bo')
})

describe('saying something', () => {
  test('[H17] is answered 201 with the message as it stands', async () => {
    const answered = await server.ask(general, { token: ada.token, body: { id, text: 'hi' } })
    const { id: user, name, kind } = ada
    expect(answered).toMatchObject({ status: 201 })
    expect(answered.body).toEqual({
      room: 'general',
      rev: 1,
      message: {
        id,
        room: 'general',
        seq: 1,
        rev: 1,
        from: { id: user, name, kind },
        text: 'hi',
        at: '2026-01-01T00:00:00.000Z',
      },
    })
  })

  test('[H17][S3] again is answered 201 with the same message', async () => {
    const said = await server.ask(general, { token: ada.token, body: { id, text: 'hi' } })
    const again = await server.ask(general, { token: ada.token, body: { id, text: 'something else' } })
    expect(again).toMatchObject({ status: 201, text: said.text })
  })

  test("[H17] under somebody else's id is 409", async () => {
    await server.ask(general, { token: ada.token, body: { id, text: 'hi' } })
    const answered = await server.ask(general, { token: bo.token, body: { id, text: 'hi' } })
    expect(answered).toMatchObject({ status: 409, body: { error: { code: 'conflict' } } })
  })

  test('[H17] without an id gets a new one each time', async () => {
    const ids = new Set<string>()
    for (let round = 0; round < 3; round += 1) {
      const { body } = await server.ask(general, { token: ada.token, body: { text: 'hi' } })
      ids.add((body as { message: { id: string } }).message.id)
    }
    expect(ids.size).toBe(3)
  })

  test('[H17] may be a reply to what is there', async () => {
    await server.ask(general, { token: ada.token, body: { id, text: 'hi' } })
    const reply = await server.ask(general, { token: bo.token, body: { text: 'hello', replyTo: id } })
    expect(reply).toMatchObject({ status: 201, body: { message: { replyTo: id } } })
    const lost = await server.ask(general, {
      token: bo.token,
      body: { text: 'hello', replyTo: id.replace('8', '9') },
    })
    expect(lost).toMatchObject({ status: 404, body: { error: { code: 'not_found' } } })
  })

  test('[H17] in a public room that one has not joined is 403', async () => {
    await makeRoom(ada, 'garden', 'public')
    const answered = await server.ask('/api/rooms/garden/messages', { token: bo.token, body: { text: 'hi' } })
    expect(answered).toMatchObject({ status: 403, body: { error: { code: 'forbidden' } } })
  })

  test.each([
    ['x'.repeat(10_000), 201],
    ['\u00e4'.repeat(10_000), 201],
    ['x'.repeat(10_001), 413],
    ['x'.repeat(60_000), 413],
  ])('[H17] of many characters is answered by what fits (%#)', async (text, status) => {
    const answered = await server.ask(general, { token: ada.token, body: { text } })
    expect(answered.status).toBe(status)
    if (status === 413)
      expect(answered.body).toMatchObject({ error: { code: 'too_large', message: 'text: at most 10000 UTF-16 units' } })
  })
})

describe('a room', () => {
  test('[V2] that is private answers who is not in it as one that does not exist', async () => {
    await makeRoom(ada, 'cellar', 'private')
    for (const asked of [{ token: bo.token }, { token: bo.token, body: { text: 'hi' } }]) {
      const hidden = await server.ask('/api/rooms/cellar/messages', asked)
      const missing = await server.ask('/api/rooms/attic/messages', asked)
      expect(hidden).toMatchObject({ status: 404, body: { error: { code: 'not_found' } } })
      expect(hidden.text).toBe(missing.text)
    }
    expect((await server.ask('/api/rooms/cellar/messages', { token: ada.token })).status).toBe(200)
  })

  test.each(['General', '-a', '%F0%9F%8C%B1', '__proto__', 'a'.repeat(65), 'a%2Fb', '%2e%2e%2fx', '%ff', 'a%00'])(
    '[W5] of the id %j is 400',
    async (room) => {
      const answered = await server.ask(`/api/rooms/${room}/messages`, { token: ada.token })
      expect(answered).toMatchObject({ status: 400, body: { error: { message: expect.stringMatching(/^room: /) } } })
    },
  )

  test('[H15] is listed where it is public or one is in it', async () => {
    await makeRoom(ada, 'cellar', 'private')
    await makeRoom(ada, 'garden', 'public')
    const listed = async ({ token }: TestBearer, query = '') => {
      const { body } = await server.ask(`/api/rooms${query}`, { token })
      const { rooms } = body as { rooms: { id: string; member: boolean }[] }
      return rooms.map(({ id, member }) => [id, member])
    }
    expect(await listed(ada)).toEqual([
      ['cellar', true],
      ['garden', true],
      ['general', true],
    ])
    expect(await listed(bo)).toEqual([
      ['garden', false],
      ['general', true],
    ])
    expect(await listed(ada, '?after=garden')).toEqual([['general', true]])
  })
})

describe('history', () => {
  beforeEach(async () => {
    for (const text of ['1', '2', '3', '4', '5']) await server.ask(general, { token: ada.token, body: { text } })
  })

  test.each([
    ['', ['1', '2', '3', '4', '5'], false],
    ['?limit=2', ['4', '5'], true],
    ['?before=4', ['1', '2', '3'], false],
    ['?before=4&limit=1', ['3'], true],
    ['?before=0', [], false],
    ['?after=3', ['4', '5'], false],
    ['?after=0&limit=2', ['1', '2'], true],
    ['?after=9', [], false],
  ])('[H16] of %j is %j', async (query, page, more) => {
    const { status, body } = await server.ask(`${general}${query}`, { token: bo.token })
    expect(status).toBe(200)
    expect(body).toMatchObject({ rev: 5, more })
    expect(texts(body)).toEqual(page)
  })

  test.each([
    '?before=2&after=1',
    '?limit=0',
    '?limit=501',
    '?limit=',
    '?limit=1.5',
    '?limit=-1',
    '?limit=0x10',
    '?limit=1e1',
    '?before=',
    '?before=%201',
    '?after=9007199254740992',
    '?limit=1&limit=2',
    '?limit[]=1',
    '?__proto__=1',
    '?constructor=1',
    '?since=1',
    '?',
  ])('[H2][H16] asked by %j', async (query) => {
    const answered = await server.ask(`${general}${query}`, { token: bo.token })
    if (query === '?') expect(answered.status).toBe(200)
    else expect(answered).toMatchObject({ status: 400, body: { error: { code: 'bad_request' } } })
  })
})
