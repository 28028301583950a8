import { type Answers, type Command, type CommandOf, isRefusal } from '@parley/core'
import { type Endpoint, endpoints, limits, type RoomId, type UserId } from '@parley/protocol'
import { beforeEach, describe, expect, test } from 'vitest'
import { passwordOf, type TestApi, type TestBearer, testApi } from './test-api.ts'

const uuid = '8f14e45f-ceea-467f-a0e6-1d2b3c4d5e6f'

/** A body that each end point takes. */
const good: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'POST /api/guests': { name: 'Bo' },
  'POST /api/login': { username: 'Ada', password: passwordOf('Ada') },
  'POST /api/password': { current: passwordOf('Ada'), password: 'battery staple' },
  'POST /api/rooms/{room}/messages': { id: uuid, text: 'hi' },
  'POST /api/broadcasts': { text: 'hi' },
  'POST /api/accounts': { name: 'Cy', password: 'battery staple', role: 'member' },
  'PATCH /api/accounts/{user}': { role: 'member', banned: false, password: 'battery staple' },
  'POST /api/password-links': { secret: 'a secret', password: 'battery staple' },
  'POST /api/first-owner': { secret: 'a secret', name: 'Olga', password: 'battery staple' },
  'POST /api/bots': { name: 'Poet', runs: 'here', model: 'other', instructions: 'Rhyme.' },
  'PATCH /api/bots/{user}': { name: 'Singer', banned: false },
  'POST /api/hooks': { room: 'general', name: 'Build' },
  'POST /api/hooks/{secret}': { text: 'hi' },
}

const taking = Object.entries(endpoints as Readonly<Record<string, Endpoint>>)
  .filter(([, { body }]) => body)
  .map(([name]) => ({ name, body: good[name] ?? {} }))
const dropping = Object.entries(endpoints as Readonly<Record<string, Endpoint>>)
  .filter(([name, { body }]) => !body && !name.startsWith('GET'))
  .map(([name]) => ({ name }))

let server: TestApi
let token: string
let actor: TestBearer['actor']
let user: UserId

beforeEach(async () => {
  server = testApi()
  const owner = await server.person('Ada', 'owner')
  token = owner.token
  actor = owner.actor
  user = (await server.person('Tom')).id
})

const system = { kind: 'system' } as const
const execute = async <A extends Command['action']>(
  command: CommandOf<A>,
  actor: Parameters<TestApi['chat']['execute']>[0] = system,
): Promise<Answers[A]> => {
  const answer = await server.chat.execute<A>(actor, command)
  if (isRefusal(answer)) throw new Error(answer.message)
  return answer
}
const addHook = async () => execute({ action: 'add-hook', room: 'general' as RoomId, name: 'Deploy' }, actor)
const addProgram = () => execute({ action: 'add-bot', name: 'Program', runs: 'outside' })

/** What an end point speaks of, where it is not there from the start: in its path, and in its body. */
const prepared: Readonly<Record<string, () => Promise<{ readonly path?: object; readonly body?: object }>>> = {
  'POST /api/password-links': async () => ({
    body: { secret: (await execute({ action: 'make-password-link', user })).secret },
  }),
  'POST /api/first-owner': async () => {
    server = testApi()
    return { body: { secret: (await execute({ action: 'offer-ownership' })).secret } }
  },
  'PATCH /api/bots/{user}': async () => ({ path: { user: (await addProgram()).id } }),
  'POST /api/bots/{user}/tokens': async () => ({ path: { user: (await addProgram()).id } }),
  'DELETE /api/hooks/{user}': async () => ({ path: { user: (await addHook()).hook.id } }),
  'POST /api/hooks/{secret}': async () => ({ path: { secret: (await addHook()).secret } }),
}

const pathOf = (path: string, words: object = {}): string =>
  Object.entries({ room: 'general', user, secret: 'a.secret', ...words }).reduce(
    (filled, [word, value]) => filled.replace(`{${word}}`, value),
    path,
  )

const send = (name: string, sent: Parameters<TestApi['ask']>[1], words: object = {}) => {
  const [method = '', path = ''] = name.split(' ')
  return server.ask(pathOf(path, words), { method, token, ...sent })
}
const refused = (message: unknown) => ({ status: 400, body: { error: { code: 'bad_request', message } } })
const tooLarge = { status: 413, body: { error: { code: 'too_large', message: expect.stringContaining('65536') } } }

/** A body in pieces of 16 KiB, whose length nobody knows before. */
const stream = (bytes: number, onPiece = () => {}): ReadableStream => {
  let left = bytes
  return new ReadableStream({
    pull: (controller) => {
      if (left <= 0) return controller.close()
      onPiece()
      controller.enqueue(new TextEncoder().encode(' '.repeat(Math.min(left, 16_384))))
      left -= 16_384
    },
  })
}

describe.each(taking)('$name', ({ name, body }) => {
  const ready = async () => {
    const { path, body: more } = (await prepared[name]?.()) ?? {}
    return { path, body: { ...body, ...more } }
  }

  test('takes a good body', async () => {
    const { path, body } = await ready()
    expect((await send(name, { body }, path)).status).toBeLessThan(300)
  })

  test('takes JSON whatever it is declared as', async () => {
    const { path, body } = await ready()
    const headers = { 'content-type': 'text/plain' }
    expect((await send(name, { body, headers }, path)).status).toBeLessThan(300)
  })

  test.each(['', ' ', '{', "{'a': 1}", 'name=Ada', '{"name": "Ada",}', '{} {}', 'NaN', '\u0000'])(
    '[H2] refuses %j, which is not JSON',
    async (raw) => {
      expect(await send(name, { raw })).toMatchObject(refused('The body is not JSON.'))
    },
  )

  test.each([[[0xff]], [[0x22, 0xc3, 0x28, 0x22]], [[0x22, 0xed, 0xa0, 0x80, 0x22]], [[0xfe, 0xff, 0x00, 0x7b]]])(
    '[H2] refuses bytes that are not UTF-8: %j',
    async (bytes) => {
      expect(await send(name, { raw: new Uint8Array(bytes) })).toMatchObject(refused('The body is not UTF-8.'))
    },
  )

  test.each([null, [], [[]], 'text', 1, true])('[H2] refuses %j, which is no object', async (value) => {
    expect(await send(name, { body: value })).toMatchObject(refused(expect.stringContaining('expected object')))
  })

  test.each(['extra', '__proto__', 'constructor', 'toString', 'hasOwnProperty', ''])(
    '[H2] refuses the field %j, which it does not know',
    async (field) => {
      const raw = `${JSON.stringify(body).slice(0, -1)},${JSON.stringify(field)}:{"role":"owner"}}`
      expect(await send(name, { raw })).toMatchObject(refused(expect.stringContaining(`"${field}"`)))
    },
  )

  test.each(Object.keys(body))('[H2] refuses %s of another type, and says which', async (field) => {
    for (const value of [null, 1, [], {}]) {
      const answered = await send(name, { body: { ...body, [field]: value } })
      expect(answered).toMatchObject(refused(expect.stringMatching(new RegExp(`^${field}: `))))
    }
  })

  test('[H3] takes a body of exactly 64 KiB', async () => {
    const { path, body } = await ready()
    const padded = JSON.stringify(body).padEnd(limits.bodyBytes)
    expect((await send(name, { raw: padded }, path)).status).toBeLessThan(300)
  })

  test.each([
    ['declared', () => ({ raw: ' '.repeat(limits.bodyBytes + 1), headers: { 'content-length': '65537' } })],
    ['declared huge', () => ({ raw: '{}', headers: { 'content-length': '99999999999' } })],
    [
      'declared smaller than it is',
      () => ({ raw: ' '.repeat(limits.bodyBytes + 1), headers: { 'content-length': '2' } }),
    ],
    ['undeclared', () => ({ raw: stream(limits.bodyBytes + 1) })],
    ['of few characters but many bytes', () => ({ raw: `"${'\u20ac'.repeat(limits.bodyBytes / 3)}"` })],
  ])('[H3] refuses a body that is too large, %s', async (_how, sent) => {
    expect(await send(name, sent())).toMatchObject(tooLarge)
  })

  test.each([
    ['of no declared length', {}, 10],
    ['declared too large', { 'content-length': '65537' }, 2],
    ['declared and chunked', { 'content-length': '2', 'transfer-encoding': 'chunked' }, 10],
  ])('[H3] reads no more than it must of one %s', async (_how, headers, atMost) => {
    let pieces = 0
    const raw = stream(4_000_000, () => {
      pieces += 1
    })
    expect(await send(name, { raw, headers })).toMatchObject(tooLarge)
    expect(pieces).toBeLessThan(atMost)
  })

  test('[H2] refuses a body that breaks off', async () => {
    const raw = new ReadableStream({
      pull: (controller) => controller.error(new Error('the line is dead')),
    })
    expect(await send(name, { raw })).toMatchObject(refused('The body did not arrive.'))
    expect(server.log.lines).toEqual([])
  })

  test('[H2] refuses a query, of which it has none', async () => {
    const [method = '', path = ''] = name.split(' ')
    const answered = await server.ask(`${pathOf(path)}?name=Ada`, { method, token, body })
    expect(answered).toMatchObject(refused('name: this end point takes no query'))
  })
})

describe.each(dropping)('$name', ({ name }) => {
  test.each([{}, { raw: '{}' }, { raw: 'what=ever' }, { raw: stream(60_000) }])(
    'needs no body and drops any (%#)',
    async (sent) => {
      const { path } = (await prepared[name]?.()) ?? {}
      expect((await send(name, sent, path)).status).toBeLessThan(300)
    },
  )

  test('[H3] refuses one that is too large nevertheless', async () => {
    expect(await send(name, { raw: stream(limits.bodyBytes + 1) })).toMatchObject(tooLarge)
  })
})

test.each([
  ['id', 'not-a-uuid'],
  ['id', uuid.toUpperCase()],
  ['text', ''],
  ['text', ' \n\t'],
  ['text', 'a\u0000b'],
  ['text', '\ud800'],
  ['replyTo', 'x'],
])('[H17] a message with the %s %j is 400', async (field, value) => {
  const answered = await send('POST /api/rooms/{room}/messages', { body: { text: 'hi', [field]: value } })
  expect(answered).toMatchObject(refused(expect.stringMatching(new RegExp(`^${field}: `))))
})

test('[H21] an account cannot be a guest, nor anything unheard of', async () => {
  for (const role of ['guest', 'root', '']) {
    const made = await send('POST /api/accounts', { body: { name: 'Cy', password: 'battery staple', role } })
    expect(made).toMatchObject(refused(expect.stringMatching(/^role: /)))
  }
})

test('[H31] what a bot is told and speaks with can be taken back', async () => {
  const { id } = await execute({
    action: 'add-bot',
    name: 'Poet',
    runs: 'here',
    model: 'other',
    instructions: 'Rhyme.',
  })
  const answered = await send('PATCH /api/bots/{user}', { body: { model: null, instructions: null } }, { user: id })
  expect(answered).toMatchObject({ status: 200, body: { bot: { id, name: 'Poet' } } })
  expect(answered.body).not.toMatchObject({ bot: { model: expect.anything() } })
  expect(answered.body).not.toMatchObject({ bot: { instructions: expect.anything() } })
})
