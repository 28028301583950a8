import { isRefusal } from '@parley/core'
import { Message } from '@parley/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { general, type Player, type Stage, stage } from './testing/stage.ts'

const word = fc.oneof(
  fc.constantFrom('Ana', 'Zoe', 'Bot', '#host', '', ' ', '\u0000', '\ud800', '<b>', '__proto__', 'x'.repeat(10_001)),
  fc.string({ unit: 'binary', maxLength: 20 }),
)
const value = fc.oneof(word, fc.jsonValue({ maxDepth: 2 }))
const field = fc.constantFrom('name', 'message', 'to', 'text', 'Message', 'payload', 'room_id', 'user_id', 'timestamp')
const action = fc.oneof(
  fc.constantFrom('setName', 'sendPublic', 'sendPrivate', 'sendBot', 'send', 'sendMessage', 'sendprompt'),
  value,
)
const payload = fc.record(
  {
    msgid: value,
    prompt: value,
    messages: fc.oneof(value, fc.array(fc.record({ role: value, content: value }))),
    params: value,
  },
  { requiredKeys: [] },
)
const frame = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(action, fc.dictionary(field, value)).map(([a, rest]) => ({ ...rest, action: a })) },
  { weight: 2, arbitrary: fc.tuple(action, payload).map(([a, p]) => ({ action: a, payload: p })) },
  { weight: 1, arbitrary: fc.jsonValue() },
)
const text = fc.oneof(
  { weight: 8, arbitrary: frame.map((one) => JSON.stringify(one) ?? '') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
)

const tokenOf = async ({ http, person }: Stage): Promise<string> => {
  await person('Eve')
  const body = JSON.stringify({ username: 'Eve', password: 'password of Eve' })
  const answer = await http.request('/compat/prompt/login', { method: 'POST', body })
  return ((await answer.json()) as { body: { token: string } }).body.token
}

const enterAll = async (world: Stage): Promise<readonly Player[]> => [
  await world.enter('prompt', `token=Bearer%20${await tokenOf(world)}`),
  await world.enter('broadcast'),
  await world.enter('cloud-week'),
  await world.enter('rooms', 'user_id=1&room_id=general'),
  await world.enter('lambdasharp'),
]

/** What each system may say at all. */
const speech: Readonly<Record<string, RegExp>> = {
  prompt: /^\{"msgid":".*","text":/s,
  broadcast: /^(?:"|\{"message": "(?:Forbidden|Internal server error|Too Many Requests)", )/,
  'cloud-week': /^\{"(?:members|systemMessage|publicMessage|privateMessage)":/,
  rooms: /^\{"(?:room_id":|message": "Forbidden", )/,
  lambdasharp: /^\{(?:"action":"message","from":|"message": "(?:Forbidden|Invalid request body)", )/,
}

describe('whatever their clients send', () => {
  test('each system says only what it has words for, and nothing fails', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(4), text), { minLength: 1, maxLength: 12 }), async (frames) => {
        const world = await stage()
        const players = await enterAll(world)
        for (const [index, one] of frames) await players[index]?.say(one)
        for (const { connection, heard } of players) {
          for (const said of heard()) expect(said).toMatch(speech[connection.dialect] as RegExp)
        }
        expect(world.log.lines.filter(({ level }) => level === 'error')).toEqual([])
        const page = await world.chat.execute(world.zoe.actor, { action: 'history', room: general })
        if (isRefusal(page)) throw new Error(page.message)
        for (const message of page.messages) Message.parse(message)
      }),
      { numRuns: 60 },
    )
  })

  test('HTTP answers, and never with a failure of the server', async () => {
    const world = await stage()
    const body = fc.oneof(
      fc.dictionary(fc.constantFrom('Message', 'username', 'password', 'room_id', 'text', 'user_id', 'name'), value),
      fc.jsonValue(),
    )
    const place = fc.constantFrom(
      ['POST', '/compat/prompt/login'],
      ['POST', '/compat/broadcast/broadcastmessage'],
      ['PUT', '/compat/rooms/chat'],
      ['PUT', '/compat/rooms/chat?room_id=x'],
      ['DELETE', '/compat/rooms/chat'],
      ['POST', '/compat/constructor'],
    )
    await fc.assert(
      fc.asyncProperty(place, body, async ([method = '', path = ''], json) => {
        const answer = await world.http.request(path, { method, body: JSON.stringify(json) ?? '' })
        expect(answer.status).toBeLessThan(500)
      }),
      { numRuns: 200 },
    )
    expect(world.log.lines.filter(({ level }) => level === 'error')).toEqual([])
  })
})
