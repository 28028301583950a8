import { limits } from '@parley/protocol'
import { afterEach, describe, expect, test } from 'vitest'
import { oldSystem } from '../harness/compat.ts'
import { ask } from '../harness/http.ts'
import { sayBytes, statusOf } from '../harness/say-bytes.ts'
import { newId, newName, newRoomId, nodeWorld, settled } from '../harness/world.ts'

const { api, deployment, member, visitor, room } = await nodeWorld({ PARLEY_COMPAT: 'on', PARLEY_LOG: 'warn' })
const [root, eve, bystander] = [await member('owner'), await visitor(), await member()]
const place = await room('public', bystander, eve)

/** Seconds of the processor, of which a busy machine takes no more. Seen are a tenth of it at most. */
const mostSeconds = 0.6

const secondsUsed = async (): Promise<number> => {
  const { text } = await ask(deployment.url, 'GET', '/metrics')
  return Number(/^process_cpu_seconds_total (\S+)$/m.exec(text)?.[1])
}

/** Does something hostile, which takes the server no time to speak of; others are answered meanwhile. */
const meanwhile = async <T>(hostile: () => Promise<T>): Promise<T> => {
  const before = await secondsUsed()
  const [done] = await Promise.all([hostile(), bystander.ask('pong', { action: 'ping' })])
  expect((await secondsUsed()) - before).toBeLessThan(mostSeconds)
  return done
}

const codeOf = async (frame: string): Promise<string> => {
  eve.send(frame)
  return (await eve.heard('error')).code
}

afterEach(async () => {
  await settled(eve, bystander)
  for (const client of [eve, bystander]) {
    expect(client.faults).toEqual([])
    client.clear()
  }
  expect(deployment.process.output().err).not.toMatch(/"level":[56]0/)
})

const deep = (begin: string, end: string, bytes: number, inside = ''): string => {
  const times = Math.floor((bytes - inside.length) / (begin.length + end.length))
  return `${begin.repeat(times)}${inside}${end.repeat(times)}`
}

describe('JSON that is deep or large', () => {
  const sync = { action: 'sync', room: place, since: 0 }
  const around = (value: string): string => JSON.stringify({ ...sync, since: '@' }).replace('"@"', value)
  const frameBytes = limits.upBytes - 200

  test.each([
    ['lists', deep('[', ']', frameBytes)],
    ['lists that do not end', '['.repeat(frameBytes)],
    ['objects', deep('{"a":', '}', frameBytes, '1')],
    ['objects in a field', around(deep('{"a":', '}', frameBytes, '1'))],
    ['lists in a field', around(deep('[', ']', frameBytes))],
    ['a ref that is deep', `{"action":"ping","ref":${deep('[', ']', frameBytes)}}`],
    ['fields without end', `{${Array.from({ length: 3_000 }, (_, n) => `"f${n}":1`).join(',')}}`],
    ['one field again and again', `{"action":"ping"${',"ref":1'.repeat(3_900)}}`],
    ['a number without end', around('9'.repeat(frameBytes))],
    ['an exponent without end', around(`1e${'9'.repeat(frameBytes)}`)],
    ['signs that are written long', `{"action":"${'\\u0041'.repeat(5_000)}"}`],
  ])('[F4][F5][F6][X4] %s: a frame is refused soon', async (_what, frame) => {
    expect(['bad_request', 'unknown_action']).toContain(await meanwhile(() => codeOf(frame)))
  })

  test.each([
    ['lists', deep('[', ']', limits.bodyBytes)],
    ['lists that do not end', '['.repeat(limits.bodyBytes)],
    ['objects', deep('{"a":', '}', limits.bodyBytes, '1')],
    ['a field that is deep', `{"name":${deep('[', ']', limits.bodyBytes - 20)}}`],
    ['fields without end', `{${Array.from({ length: 6_000 }, (_, n) => `"f${n}":1`).join(',')}}`],
  ])('[H2][X4] %s: a body is refused soon', async (_what, body) => {
    for (const path of ['/api/guests', '/api/login', '/api/hooks/x.y']) {
      const answer = await meanwhile(() => ask(deployment.url, 'POST', path, { body }))
      expect([path, answer.status]).toEqual([path, 400])
    }
  })

  test('[H3][X4] a body without end is not kept', async () => {
    const { host } = new URL(deployment.url)
    const head = ['POST /api/guests HTTP/1.1', `Host: ${host}`, 'Transfer-Encoding: chunked', 'Connection: close']
    const chunk = `2710\r\n${' '.repeat(10_000)}\r\n`
    const answer = await meanwhile(() => sayBytes(deployment, `${head.join('\r\n')}\r\n\r\n${chunk.repeat(100)}`))
    expect(statusOf(answer)).toBe(413)
  })
})

describe('names that every object has', () => {
  const polluting = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '__defineGetter__']
  const payload = '{"role":"owner","kind":"person","banned":false,"text":"polluted","streaming":true}'

  test.each(polluting)('[F7][X4] %s in a frame is a field that no action has', async (name) => {
    const id = newId()
    expect(await codeOf(`{"action":"send","room":"${place}","id":"${id}","text":"hi","${name}":${payload}}`)).toBe(
      'bad_request',
    )
    expect(await codeOf(`{"action":"set","room":"${place}","bot":{"${name}":${payload}}}`)).toBe('bad_request')
    expect(await codeOf(`{"action":"${name}"}`)).toBe('unknown_action')
  })

  test.each(polluting)('[H2][X4] %s in a body and a query is refused', async (name) => {
    const headers = { authorization: `Bearer ${root.person.token}` }
    const body = `{"name":"${newName()}","${name}":${payload}}`
    expect((await ask(deployment.url, 'POST', '/api/guests', { body })).status).toBe(400)
    expect((await ask(deployment.url, 'GET', `/api/users?${name}=1`, { headers })).status).toBe(400)
    expect((await ask(deployment.url, 'GET', `/api/users?${name}[role]=owner`, { headers })).status).toBe(400)
  })

  test.each(polluting)('[X4] %s is a name like any other where names are free, and finds nothing', async (name) => {
    const { token } = eve.person
    for (const path of [
      `/api/rooms/${name}`,
      `/api/rooms/${name}/messages`,
      `/${name}`,
      `/assets/${name}`,
      `/api/${name}`,
    ]) {
      const answer = await ask(deployment.url, 'GET', path, { headers: { authorization: `Bearer ${token}` } })
      expect([path, [400, 404].includes(answer.status)]).toEqual([path, true])
    }
    const secret = await ask(deployment.url, 'POST', `/api/hooks/${name}`, { body: '{"text":"hi"}' })
    expect(secret.status).toBe(404)
    await eve.ask('message', { action: 'send', room: place, id: newId(), text: `&${name}; @${name} :${name}: ${name}` })
  })

  test('[X4] frames and bodies of older systems may have them, and nothing comes of it', async () => {
    const old = await oldSystem(deployment, 'lambdasharp').connect('?username=__proto__')
    await old.heard()
    for (const name of polluting) old.send(`{"action":"send","text":"hi","${name}":${payload}}`)
    for (const _ of polluting) expect(JSON.parse(await old.heard())).toMatchObject({ text: 'hi' })
    const said = `{"room_id":"${newRoomId()}","text":"&constructor;","user_id":7,"name":"constructor","__proto__":${payload}}`
    const rooms = oldSystem(deployment, 'rooms')
    expect((await rooms.ask('PUT', '/chat', said)).status).toBe(200)
    const { room_id: id } = JSON.parse(said)
    const [row] = JSON.parse((await rooms.ask('GET', `/chat?room_id=${id}`)).text)
    expect(row).toMatchObject({ message: '&amp;constructor;', name: 'constructor' })
    await old.close()
  })

  test('[X4] after all of it a new guest is a guest', async () => {
    const { user } = await api.call('POST /api/guests', { body: { name: newName() } })
    expect(user).toEqual({ id: user.id, name: user.name, kind: 'guest', role: 'guest' })
  })
})

describe('texts on which patterns go astray', () => {
  const filled = (piece: string, units = 10_000): string => piece.repeat(Math.floor(units / piece.length))
  const pieces = [
    '@',
    '@a',
    '@@ ',
    '@assistant',
    'a@',
    '* ',
    '**a',
    '[',
    '![',
    '[a](',
    '`',
    '> ',
    '- ',
    '<',
    '<b',
    '&',
    '#',
    ':a',
  ]
  const more = [
    'a\n',
    '\n',
    ' ',
    '\u200b',
    '\u0301',
    '\u{1f468}\u200d',
    '\u{1f1e6}',
    '\u3164',
    '(((((',
    'www.',
    'http://',
    '.',
    '\u202e',
  ]

  test.each([...pieces, ...more])('[X4] a text of %j is stored or refused soon', async (piece) => {
    for (const text of [filled(piece), `x${filled(piece, 9_990)}x`]) {
      const ref = newId()
      const answer = eve.answer(ref, 'send')
      await meanwhile(async () => {
        eve.tell({ action: 'send', room: place, id: newId(), text, ref })
        return answer
      })
      expect(['message', 'error']).toContain((await answer).type)
    }
  })

  test.each([...pieces, ...more, '#@', '\ufe6b', '%', '_', "'", 'a%'])(
    '[W1][X4] a name of %j is taken or refused soon',
    async (piece) => {
      for (const name of [filled(piece, 320), `${filled(piece, 300)}x`, filled(piece, 15_000)]) {
        const answer = await meanwhile(() => api.raw('POST /api/guests', { body: { name } }))
        expect([201, 400]).toContain(answer.status)
        const found = await meanwhile(() =>
          api.raw('GET /api/users', { token: eve.person.token, query: { q: name.slice(0, 1_000) } }),
        )
        expect([200, 400]).toContain(found.status)
      }
    },
  )

  test('[H18] what stands for anything in a database stands for itself in a search', async () => {
    for (const q of ['%', '_', '*', '?', "' or 1=1 --", '\\', '"']) {
      const { users } = await api.call('GET /api/users', { token: eve.person.token, query: { q } })
      expect([q, users.filter(({ name }) => !name.startsWith(q))]).toEqual([q, []])
    }
  })

  test.each(['\\n', '<br>', '<b>', '<div>', '<!--', '<a ', '&', '</', '<script>', '<p title=\\"'])(
    '[X4] the HTML of older systems: %s, again and again, is read soon',
    async (piece) => {
      const text = `x${piece.repeat(Math.floor(60_000 / piece.length))}x`
      const body = `{"room_id":"${place}","text":"${text}","user_id":7,"name":"Eve"}`
      const answer = await meanwhile(() => oldSystem(deployment, 'rooms').ask('PUT', '/chat', body))
      expect([200, 413]).toContain(answer.status)
    },
  )

  test.each(['x', 'Bearer', 'Bearer ', 'Bearer a', '=', 'a=', ' '])(
    '[H4] the header %j, again and again',
    async (piece) => {
      const authorization = `Bearer ${filled(piece, 12_000)}!`
      const answer = await meanwhile(() => ask(deployment.url, 'GET', '/api/me', { headers: { authorization } }))
      expect(answer.status).toBe(401)
    },
  )
})
