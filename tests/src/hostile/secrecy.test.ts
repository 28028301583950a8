import { randomUUID } from 'node:crypto'
import { type EndpointName, limits } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import type { ApiQuestion } from '../harness/api.ts'
import type { HttpAnswer } from '../harness/http.ts'
import { newId, newName, newRoomId, say, world } from '../harness/world.ts'

const { api, member, visitor, account, guest, room } = await world()
const [root, keeper, eve] = [await member('owner'), await member(), await visitor()]
const hidden = await room('private', keeper)
const { id } = await say(keeper, hidden, 'between us')
const direct = (await keeper.ask('room', { action: 'direct', with: [root.me.id] })).room.id

/** All that an answer tells, but for the moment. */
const told = ({ status, headers, text }: HttpAnswer): string => {
  const { date: _, ...rest } = headers
  return JSON.stringify([status, rest, text])
}
const asked = async (name: EndpointName, question: ApiQuestion): Promise<string> => told(await api.raw(name, question))

describe('a room that is not for somebody', () => {
  const askings: Readonly<Record<string, (at: string, token: string) => readonly [EndpointName, ApiQuestion]>> = {
    facts: (at, token) => ['GET /api/rooms/{room}', { at, token }],
    messages: (at, token) => ['GET /api/rooms/{room}/messages', { at, token }],
    'what bots do': (at, token) => ['GET /api/rooms/{room}/bot', { at, token }],
    'saying something': (at, token) => ['POST /api/rooms/{room}/messages', { at, token, body: { text: 'x' } }],
    'answering a message': (at, token) => [
      'POST /api/rooms/{room}/messages',
      { at, token, body: { text: 'x', replyTo: id } },
    ],
    'a message id that it has': (at, token) => [
      'POST /api/rooms/{room}/messages',
      { at, token, body: { id, text: 'x' } },
    ],
  }

  test.each(Object.keys(askings))('[V2] answers %s in every byte as one that does not exist', async (what) => {
    const ask = askings[what] as (typeof askings)[string]
    const missing = newRoomId()
    for (const { person } of [eve, keeper, root]) {
      for (const place of [hidden, direct]) {
        if (person === keeper.person || (person === root.person && place === direct)) continue
        expect(await asked(...ask(place, person.token))).toBe(await asked(...ask(missing, person.token)))
      }
    }
  })

  test('[V2] does not show itself by a webhook or by what its admins may', async () => {
    const { token } = root.person
    const hook = (place: string) => asked('POST /api/hooks', { token, body: { room: place, name: 'Hook' } })
    expect(await hook(hidden)).toBe(await hook(newRoomId()))
    const usage = (place: string) =>
      asked('GET /api/rooms/{room}/messages/{message}/usage', { token, at: [place, newId()] })
    expect(await usage(hidden)).toBe(await usage(newRoomId()))
  })
})

describe('who has an account', () => {
  test('[H10] is not told by signing in: every answer is the same in every byte', async () => {
    const { user } = await account()
    const { user: stranger } = await guest()
    const names = [user.name, user.name.toUpperCase(), stranger.name, newName('Nobody'), '__proto__', 'x'.repeat(400)]
    const answers = new Set<string>()
    for (const username of names) {
      answers.add(await asked('POST /api/login', { body: { username, password: 'a wrong password' } }))
    }
    expect(answers.size).toBe(1)
  })

  test('[H29][H35] nor by links and addresses: a wrong one is like any other', async () => {
    const { user } = await account()
    const { hook, secret } = await api.call('POST /api/hooks', {
      token: root.person.token,
      body: { room: 'general', name: newName('Hook') },
    })
    const body = { text: 'x' }
    const wrong = [`${hook.id}.wrong`, `${randomUUID()}.wrong`, `${user.id}.wrong`, secret.slice(0, -1), 'x']
    const answers = new Set<string>()
    for (const at of wrong) answers.add(await asked('POST /api/hooks/{secret}', { at, body }))
    expect(answers.size).toBe(1)
    const links = new Set<string>()
    for (const link of [user.id, 'x', secret]) {
      links.add(await asked('POST /api/password-links', { body: { secret: link, password: 'a new password' } }))
    }
    expect(links.size).toBe(1)
  })

  test('[H4] nor by tokens: a forged one of somebody is like one of nobody', async () => {
    const { token } = await account()
    const [head = '', , signature = ''] = token.split('.')
    const forged = (sub: string) => `${head}.${Buffer.from(JSON.stringify({ sub })).toString('base64url')}.${signature}`
    const answers = new Set<string>()
    for (const sub of [root.me.id, keeper.me.id, randomUUID()])
      answers.add(await asked('GET /api/me', { token: forged(sub) }))
    expect(answers.size).toBe(1)
  })
})

test('[X3] no refusal repeats much of what it refuses, or a secret at all', async () => {
  const secret = 'a-password-or-a-token-that-is-nobodys-business'
  const answers = [
    await api.raw('POST /api/login', { body: { username: newName(), password: secret, more: secret } }),
    await api.raw('POST /api/login', { body: { username: newName(), password: secret.repeat(10) } }),
    await api.raw('POST /api/password-links', { body: { secret, password: secret.slice(0, 3) } }),
    await api.raw('GET /api/me', { token: secret }),
    await api.raw('POST /api/hooks/{secret}', { at: secret, body: {} }),
  ]
  for (const { text } of answers) {
    expect(text).not.toContain(secret)
    expect(text.length).toBeLessThan(1_000)
  }
  eve.send(JSON.stringify({ action: 'send', ['x'.repeat(limits.upBytes - 200)]: secret }))
  const { message } = await eve.heard('error')
  expect(message).not.toContain(secret)
  expect(message.length).toBeLessThan(1_000)
})
