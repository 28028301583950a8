import { describe, expect, test } from 'vitest'
import { newId, newName, newRoomId, say, world } from '../harness/world.ts'

const { api, visitor, member, account, connect, guest, room } = await world()
const ada = await member()
const place = await room('public', ada)

/** The refusal of a guest's name, or the name as it is kept. */
const named = async (name: string): Promise<{ name: string } | { code: string }> => {
  const answer = await api.raw('POST /api/guests', { body: { name } })
  const body = JSON.parse(answer.text)
  return answer.status === 201 ? { name: body.user.name } : { code: body.error.code }
}

describe('names of people', () => {
  test.each([
    ['A', 'A'],
    ['  Ada \t', 'Ada'],
    ['a'.repeat(40), 'a'.repeat(40)],
    ['e\u0301'.repeat(40), 'é'.repeat(40)],
    ['🙂'.repeat(40), '🙂'.repeat(40)],
    ['한국어 이름', '한국어 이름'],
    ['\u1112\u1161\u11AB', '한'],
    ["O'Neil <b>&amp;", "O'Neil <b>&amp;"],
    ['a#b@c', 'a#b@c'],
    ['\u00A0Ada\u3000', 'Ada'],
  ])('[W1] %j is kept as %j', async (sent, kept) => {
    expect(await named(sent)).toEqual({ name: kept })
  })

  test.each(['', ' ', '\u3000', 'a'.repeat(41), '🙂'.repeat(41), ' '.repeat(321), `${' '.repeat(320)}A`])(
    '[W1] %j is refused',
    async (name) => {
      expect(await named(name)).toEqual({ code: 'bad_request' })
    },
  )

  test.each([
    ...['\u0000', '\u0007', '\n', '\r', '\t', '\u001F', '\u007F', '\u0085', '\u2028', '\u2029'],
    ...['\u202A', '\u202B', '\u202C', '\u202D', '\u202E', '\u2066', '\u2067', '\u2068', '\u2069', '\uD83D', '\uDE00'],
  ])('[W2] %j within a name is refused', async (character) => {
    expect(await named(`A${character}b`)).toEqual({ code: 'bad_request' })
    expect(await ada.refusal({ action: 'rename', name: `A${character}b` })).toMatchObject({ code: 'bad_request' })
  })

  test.each(['#ada', '@ada', '＃ada', '＠ada', '\u200B#ada', '\u2060@ada', ' #ada', '﹫ada', '﹟ada', '#', '@'])(
    '[W3] %j is refused for its mark',
    async (name) => {
      expect(await named(name)).toEqual({ code: 'bad_request' })
    },
  )

  test.each(['\u200B', '\u200D\u200D', '\u3164', '\u2800', '\u115F\u1160', '\uFEFF', '\u00AD', '\u{E0041}'])(
    '[W3] %j is refused because nobody would see it',
    async (name) => {
      expect(await named(name)).toEqual({ code: 'bad_request' })
    },
  )

  test('[W4] the name of an account is taken in every case and width, for guests too', async () => {
    const name = newName('Zoë')
    const zoe = await account('member', name)
    const wide = name.replace('Z', 'Ｚ')
    for (const taken of [name, name.toUpperCase(), name.toLowerCase(), wide, ` ${name} `, name.normalize('NFD')]) {
      expect(await named(taken), taken).toEqual({ code: 'conflict' })
      expect(await ada.refusal({ action: 'rename', name: taken })).toMatchObject({ code: 'conflict' })
    }
    expect(await named(`${name}x`)).toEqual({ name: `${name}x` })
    expect(zoe.user.name).toBe(name)
  })

  test('[W4] two guests may bear the same name', async () => {
    const name = newName('Twin')
    const [one, other] = [await guest(name), await guest(name)]
    expect(one.user.name).toBe(other.user.name)
    expect(one.user.id).not.toBe(other.user.id)
  })
})

describe('rooms', () => {
  test.each(['a', '0', 'a.b_c-d', 'x'.repeat(64), '7.'])('[W5] %j may be the id of a room', async (prefix) => {
    const id = (prefix.length < 60 ? prefix + newRoomId() : prefix).slice(0, 64)
    expect((await ada.ask('room', { action: 'create', room: id, kind: 'public' })).room.id).toBe(id)
  })

  test.each([
    '',
    'A',
    '-a',
    '.a',
    '_a',
    'a b',
    'ä',
    'a/b',
    'a#',
    '../a',
    'x'.repeat(65),
    'a\n',
    'a\u0000',
    '__proto__',
  ])('[W5] %j is no id of a room', async (id) => {
    for (const frame of [
      { action: 'create', kind: 'public' },
      { action: 'join' },
      { action: 'history' },
      { action: 'sync', since: 0 },
    ]) {
      expect(await ada.refusal({ ...frame, room: id })).toMatchObject({ code: 'bad_request' })
    }
    expect(await ada.refusal({ action: 'ping', rooms: [id] })).toMatchObject({ code: 'bad_request' })
    if (id === '') return
    const at = encodeURIComponent(id)
    const status = (await api.raw('GET /api/rooms/{room}/messages', { token: ada.person.token, at })).status
    expect([400, 404]).toContain(status)
  })

  test.each(['A', '#general', '@all', 'x'.repeat(80), '🙂'.repeat(80), ' trimmed ', 'e\u0301'])(
    '[W6] %j may be the name of a room',
    async (name) => {
      const { room: shown } = await ada.ask('room', { action: 'set', room: place, name })
      expect(shown.name).toBe(name.trim().normalize('NFC'))
    },
  )

  test.each(['', ' ', '\u200B', 'x'.repeat(81), 'a\nb', 'a\u202Eb', '\uD800'])(
    '[W6] %j is no name of a room',
    async (name) => {
      expect(await ada.refusal({ action: 'set', room: place, name })).toMatchObject({ code: 'bad_request' })
      expect(await ada.refusal({ action: 'create', room: newRoomId(), kind: 'public', name })).toMatchObject({
        code: 'bad_request',
      })
    },
  )

  test.each(['', '\u200B', '#topic', 'x'.repeat(250), '🙂'.repeat(250)])('[W6] %j may be a topic', async (topic) => {
    expect((await ada.ask('room', { action: 'set', room: place, topic })).room.topic).toBe(topic)
  })

  test.each(['x'.repeat(251), 'a\nb', 'a\u2066b', '\uDC00'])('[W6] %j is no topic', async (topic) => {
    expect(await ada.refusal({ action: 'set', room: place, topic })).toMatchObject({ code: 'bad_request' })
  })

  test('[W7] general is public, and guests, members and admins are in it from the start', async () => {
    for (const client of [await visitor(), await member(), await member('admin')]) {
      expect(client.welcome.rooms[0]).toMatchObject({ id: 'general', kind: 'public' })
      expect((await say(client, 'general', 'hello')).from.id).toBe(client.me.id)
    }
  })
})

describe('revs and messages', () => {
  test('[W8] the revs of a room have no gaps and no repeats while several write, change and repeat', async () => {
    const writers = await Promise.all([member(), visitor(), visitor(), visitor()])
    const [maker, ...others] = writers
    const id = await room('public', maker, ...others)
    const told: number[] = []
    await Promise.all(
      writers.map(async (writer) => {
        for (let round = 0; round < 8; round += 1) {
          const answers = await Promise.all(
            Array.from({ length: 5 }, () =>
              writer.ask('message', { action: 'send', room: id, id: newId(), text: `round ${round}` }),
            ),
          )
          told.push(...answers.map(({ rev }) => rev))
          const [first] = answers
          const edit = { action: 'edit', room: id, id: first?.message.id, text: 'changed' }
          told.push((await writer.ask('message', edit)).rev)
        }
      }),
    )
    expect(told.sort((a, b) => a - b)).toEqual(Array.from({ length: 4 * 8 * 6 }, (_, index) => index + 1))
    expect((await maker.ask('page', { action: 'history', room: id })).rev).toBe(4 * 8 * 6)
  })

  test('[W9] a change that changes nothing takes no rev, and nobody else is told', async () => {
    const bo = await visitor()
    const id = await room('public', ada, bo)
    const message = await say(ada, id, 'text')
    await ada.ask('message', { action: 'react', room: id, id: message.id, emoji: '👍', on: true })
    await bo.heard('message', ({ rev }) => rev === 2)
    bo.clear()
    const nothing = [
      { action: 'edit', text: 'text' },
      { action: 'react', emoji: '👍', on: true },
      { action: 'react', emoji: '🎉', on: false },
    ]
    for (const change of nothing) {
      expect((await ada.ask('message', { ...change, room: id, id: message.id })).rev).toBe(2)
    }
    const { message: next } = await ada.ask('message', { action: 'send', room: id, id: newId(), text: 'next' })
    expect(next.rev).toBe(3)
    await bo.heard('message', ({ rev }) => rev === 3)
    expect(bo.waiting('message', (frame) => frame.room === id && frame.rev < 2)).toEqual([])
  })

  test('[W10] facts of a room take no rev', async () => {
    const bo = await visitor()
    const id = await room('public', ada, bo)
    await say(ada, id, 'one')
    await ada.ask('room', { action: 'set', room: id, name: 'Another', topic: 'else' })
    await ada.ask('room', { action: 'remove', room: id, user: bo.me.id })
    const { room: shown } = await bo.ask('room', { action: 'join', room: id })
    expect(shown.rev).toBe(1)
    expect((await say(bo, id, 'two')).rev).toBe(2)
  })

  test.each([
    '',
    'x',
    '8F14E45F-CEEA-467F-A0E6-1D2B3C4D5E6F',
    '8f14e45fceea467fa0e61d2b3c4d5e6f',
    '{8f14e45f-ceea-467f-a0e6-1d2b3c4d5e6f}',
    '8f14e45f-ceea-467f-a0e6-1d2b3c4d5e6g',
    '8f14e45f-ceea-467f-a0e6-1d2b3c4d5e6f\n',
  ])('[W11] %j is no id of a message', async (id) => {
    expect(await ada.refusal({ action: 'send', room: place, id, text: 'text' })).toMatchObject({ code: 'bad_request' })
    expect(await ada.refusal({ action: 'delete', room: place, id })).toMatchObject({ code: 'bad_request' })
  })

  test('[W11] the same id in another room is another message', async () => {
    const other = await room('public', ada)
    const id = newId()
    await ada.ask('message', { action: 'send', room: place, id, text: 'here' })
    await ada.ask('message', { action: 'send', room: other, id, text: 'there' })
    await ada.ask('message', { action: 'edit', room: other, id, text: 'there, changed' })
    const { messages } = await ada.ask('page', { action: 'history', room: place })
    expect(messages.find((message) => message.id === id)?.text).toBe('here')
  })

  test('[W12] seq is the rev of creation and never changes, rev is that of the latest change', async () => {
    const id = await room('public', ada)
    const first = await say(ada, id, 'first')
    await say(ada, id, 'second')
    expect([first.seq, first.rev]).toEqual([1, 1])
    const change = { room: id, id: first.id }
    const edited = await ada.ask('message', { action: 'edit', ...change, text: 'changed' })
    const reacted = await ada.ask('message', { action: 'react', ...change, emoji: '👍', on: true })
    const deleted = await ada.ask('message', { action: 'delete', ...change })
    expect([edited, reacted, deleted].map(({ message }) => [message.seq, message.rev])).toEqual([
      [1, 3],
      [1, 4],
      [1, 5],
    ])
  })

  test('[W13] at is UTC with milliseconds, and rises strictly with seq', async () => {
    const id = await room('public', ada)
    const before = Date.now()
    const frames = Array.from({ length: 60 }, () => ({ action: 'send', room: id, id: newId(), text: 'quick' }))
    const answers = await Promise.all(frames.map((frame) => ada.ask('message', frame)))
    const bySeq = answers.map(({ message }) => message).sort((a, b) => a.seq - b.seq)
    const times = bySeq.map(({ at }) => at)
    expect(new Set(times).size).toBe(60)
    expect(times).toEqual([...times].sort())
    for (const at of times) expect(at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    expect(Date.parse(times[0] ?? '')).toBeGreaterThanOrEqual(before - 1000)
    expect(Date.parse(times[0] ?? '')).toBeLessThanOrEqual(Date.now() + 1000)
  })

  test('[W14] from is the sender as it was at sending', async () => {
    const bo = await connect(await guest('Bo before'))
    const sent = await say(bo, 'general', 'who am I?')
    expect(sent.from).toEqual({ id: bo.me.id, name: 'Bo before', kind: 'guest' })
    await bo.ask('ok', { action: 'rename', name: 'Bo after' })
    const { messages } = await bo.ask('page', { action: 'history', room: 'general', limit: 500 })
    expect(messages.find(({ id }) => id === sent.id)?.from.name).toBe('Bo before')
    expect((await say(bo, 'general', 'and now?')).from.name).toBe('Bo after')
    expect((await say(ada, 'general', 'me')).from).toEqual({ id: ada.me.id, name: ada.me.name, kind: 'person' })
  })
})
