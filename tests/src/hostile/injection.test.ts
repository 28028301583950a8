import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { oldSystem } from '../harness/compat.ts'
import { ask } from '../harness/http.ts'
import { sayBytes, statusOf } from '../harness/say-bytes.ts'
import { newId, newName, nodeWorld, say } from '../harness/world.ts'

const outside = await mkdtemp(join(tmpdir(), 'parley-outside-'))
afterAll(() => rm(outside, { recursive: true, force: true }))
const secret = `a secret of this machine ${newId()}`
await writeFile(join(outside, 'secret.js'), secret)
const { api, deployment, member, visitor, room } = await nodeWorld({ PARLEY_COMPAT: 'on', PARLEY_LOG: 'debug' })
const root = await member('owner')
const eve = await visitor()
const { host } = new URL(deployment.url)

/** A request as it stands, answered as it comes. */
const raw = (line: string, ...headers: readonly string[]): Promise<string> =>
  sayBytes(deployment, `${[`${line} HTTP/1.1`, `Host: ${host}`, 'Connection: close', ...headers].join('\r\n')}\r\n\r\n`)

describe('paths that lead out of the page', () => {
  const up = [
    '../',
    '..%2f',
    '%2e%2e/',
    '%2e%2e%2f',
    '..\\',
    '..%5c',
    '%252e%252e%252f',
    '....//',
    '..%c0%af',
    '.%00./',
    '%u002e./',
  ]
  const files = [`${outside.slice(1)}/secret.js`, 'package.json', 'etc/passwd', 'data/signing.key', '.sources']
  const places = ['/', '/assets/', '/r/../', '/api/', '/compat/']

  test.each(up)('%s: no file but those of the page is sent', async (step) => {
    for (const place of places) {
      for (const file of files) {
        const heard = await raw(`GET ${place}${step.repeat(8)}${file}`)
        expect(heard).not.toMatch(/root:|"workspaces"|fingerprint/)
        expect(heard).not.toContain(secret)
        // Some of these are addresses inside the app, which are all the page itself.
        expect([200, 400, 404]).toContain(statusOf(heard))
        if (statusOf(heard) === 200) expect(heard).toMatch(/Content-Type: text\/html|Parley .* is running/i)
      }
    }
  })

  test('absolute paths and those of other systems are none', async () => {
    const paths = [
      `//${host}/..${outside}/secret.js`,
      `${outside}/secret.js`,
      'file:///etc/passwd',
      '/C:\\secret.js',
      '/~root',
    ]
    for (const path of paths) expect([400, 404, 421]).toContain(statusOf(await raw(`GET ${path}`)))
  })

  test('[W5] nothing that is no id is looked for', async () => {
    const ids = [
      '..%2f..%2fgeneral',
      'general%2f..%2fgeneral',
      'general%00',
      'GENERAL',
      "general'--",
      'general%0a',
      '%ef%bc%8e',
    ]
    for (const id of ids) {
      for (const path of [`/api/rooms/${id}`, `/api/rooms/${id}/messages`, `/api/rooms/${id}/bot`]) {
        const heard = await raw(`GET ${path}`, `Authorization: Bearer ${root.person.token}`)
        expect([path, statusOf(heard)]).toEqual([path, 400])
      }
      expect(await eve.refusal({ action: 'history', room: decodeURIComponent(id) })).toMatchObject({
        code: 'bad_request',
      })
    }
  })
})

describe('lines that are to be taken for others', () => {
  const broken = [
    '%0d%0aX-Evil:%20yes',
    '%0aX-Evil:%20yes',
    '%0d%0a%0d%0a<script>',
    '%E5%98%8A%E5%98%8DX-Evil:%20yes',
    '%00',
  ]

  test.each(broken)('[X3] %s makes no header, wherever it stands in an address', async (piece) => {
    const lines = [
      `GET /api/users?q=${piece}`,
      `GET /${piece}`,
      `GET /r/${piece}`,
      `GET /api/rooms/${piece}`,
      `GET /config.json?${piece}=1`,
      `POST /api/hooks/${piece}`,
      `GET /compat/lambdasharp/config.json?username=${piece}`,
      `GET /ws?ticket=${piece}`,
    ]
    for (const line of lines) {
      const heard = await raw(line, `Authorization: Bearer ${eve.person.token}`)
      expect([line, statusOf(heard) < 500]).toEqual([line, true])
      expect(heard.split('\r\n\r\n')[0]).not.toMatch(/^x-evil|<script>/im)
    }
  })

  test('[A7][X3] a host or origin comes back only where it is one of ours', async () => {
    const heard = await sayBytes(
      deployment,
      'GET /config.json HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n',
    )
    expect(statusOf(heard)).toBe(421)
    expect(heard).not.toContain('evil.example')
    for (const header of [
      'X-Forwarded-Host: evil.example',
      'X-Original-URL: /api/accounts',
      'X-HTTP-Method-Override: DELETE',
    ]) {
      const answer = await raw('GET /config.json', header)
      expect(statusOf(answer)).toBe(200)
      expect(answer).not.toContain('evil.example')
    }
  })

  test('[X4] two requests in one, as proxies may read them differently, are none', async () => {
    const smuggled = `GET /api/accounts HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${root.person.token}\r\n\r\n`
    const heads = [
      ['Content-Length: 4', 'Transfer-Encoding: chunked'],
      ['Content-Length: 0', `Content-Length: ${smuggled.length}`],
      ['Transfer-Encoding: chunked', 'Transfer-Encoding: identity'],
      ['Transfer-Encoding: xchunked'],
    ]
    for (const head of heads) {
      const begin = ['POST /api/guests HTTP/1.1', `Host: ${host}`, ...head].join('\r\n')
      const heard = await sayBytes(deployment, `${begin}\r\n\r\n0\r\n\r\n${smuggled}`, true)
      expect([head, statusOf(heard)]).toEqual([head, expect.toSatisfy((status: number) => status >= 400)])
      expect(heard).not.toContain('"accounts"')
    }
  })
})

describe('the log', () => {
  const marks = ['\u001b[31m', '\u001b]0;owned\u0007', '\r\n{"level":60,"msg":"forged"}', '\u202e', '\u0000']

  test('[X3] has one line of JSON for each thing it tells, whatever people write', async () => {
    const place = await room('public', root, eve)
    for (const mark of marks) {
      const name = `${newName()}${mark}`
      await api.raw('POST /api/guests', { body: { name } })
      await api.raw('POST /api/login', { body: { username: name, password: mark } })
      await ask(deployment.url, 'GET', `/${encodeURIComponent(mark)}`, {
        headers: { 'user-agent': encodeURIComponent(mark) },
      })
      await raw(`GET /ws?ticket=${encodeURIComponent(mark)}`, 'Upgrade: websocket', 'Connection: Upgrade')
      eve.send(`{"action":${JSON.stringify(mark)}}`)
      eve.send(mark)
      eve.send(JSON.stringify({ action: 'send', room: place, id: newId(), text: `x${mark}` }))
      const old = await oldSystem(deployment, 'lambdasharp').connect(`?username=${encodeURIComponent(mark)}`)
      old.send(`{"action":"send","text":${JSON.stringify(mark)}}`)
      await old.close()
    }
    await say(eve, place, 'the last')
    const lines = deployment.process
      .output()
      .err.split('\n')
      .filter((line) => line !== '' && !line.startsWith('Make the first owner: '))
    for (const line of lines) {
      expect(() => JSON.parse(line), line).not.toThrow()
      for (const sign of line) expect(sign.codePointAt(0)).toBeGreaterThanOrEqual(0x20)
    }
    expect(lines.filter((line) => JSON.parse(line).level === 60)).toEqual([])
    eve.clear()
  })
})

test('the key of the server is for nobody but itself', async () => {
  const key = (await readFile(join(deployment.data, 'signing.key'), 'utf8')).trim()
  const { token } = root.person
  const answers = await Promise.all(
    [
      '/metrics',
      '/config.json',
      '/api/openapi.json',
      '/api/asyncapi.json',
      '/api/health',
      '/api/me',
      '/api/accounts',
      '/api/bots',
    ].map((path) => ask(deployment.url, 'GET', path, { headers: { authorization: `Bearer ${token}` } })),
  )
  for (const { text } of answers) {
    expect(text).not.toContain(key)
    expect(text).not.toContain(deployment.data)
  }
})
