import { expect, test } from 'vitest'
import { gateway, oldSystem, preflight, refusedWith } from '../harness/compat.ts'
import { newName, newRoomId, say, world } from '../harness/world.ts'

const { deployment, member, room: roomOf, api, guest } = await world({ PARLEY_COMPAT: 'on' })
const system = oldSystem(deployment, 'rooms')

interface Row {
  readonly room_id: string
  readonly timestamp: number
  readonly message: string
  readonly user_id: number
  readonly name: string
}

const put = (room: string, text: string, more: object = {}) =>
  system.ask('PUT', '/chat', { room_id: room, text, user_id: 1_795_197_272_566, name: 'name_test', ...more })
const get = async (room: string): Promise<readonly Row[]> => {
  const answer = await system.ask('GET', `/chat?room_id=${room}`)
  expect(answer.status).toBe(200)
  expect(answer.headers['access-control-allow-origin']).toBe('*')
  return JSON.parse(answer.text)
}
const row = (text: string): Row => JSON.parse(text)

test('the whole story: an empty room, two who hear, what was said, and the history of it', async () => {
  const room = newRoomId()
  expect(await get(room)).toEqual([])
  const one = await system.connect(`?user_id=test&room_id=${room}`)
  const two = await system.connect(`?user_id=test&room_id=${room}`)
  const elsewhere = await system.connect(`?user_id=test&room_id=${newRoomId()}`)
  const answer = await put(room, 'hello')
  expect(answer.status).toBe(200)
  expect(answer.headers['access-control-allow-origin']).toBe('*')
  const company: readonly { room_id: string; connection_id: string; user_id: string; timestamp: number }[] = JSON.parse(
    answer.text,
  )
  expect(company).toHaveLength(2)
  for (const member of company) {
    expect(Object.keys(member)).toEqual(['room_id', 'connection_id', 'user_id', 'timestamp'])
    expect(member).toMatchObject({ room_id: room, user_id: 'test', timestamp: expect.any(Number) })
  }
  const frame = await one.heard()
  expect(await two.heard()).toBe(frame)
  expect(Object.keys(row(frame))).toEqual(['room_id', 'timestamp', 'message', 'user_id', 'name'])
  expect(row(frame)).toMatchObject({ room_id: room, message: 'hello', user_id: 1_795_197_272_566, name: 'name_test' })
  await put(room, 'again')
  const second = await one.heard()
  expect(await get(room)).toEqual([row(frame), row(second)])
  await one.close()
  const left = async (): Promise<unknown> => JSON.parse((await put(room, 'later')).text)
  await expect.poll(left, { timeout: 10_000 }).toHaveLength(1)
  expect(elsewhere.waiting()).toEqual([])
})

test('timestamps are numbers, and no two of a room are the same', async () => {
  const room = newRoomId()
  await Promise.all(Array.from({ length: 20 }, (_, index) => put(room, `message ${index}`)))
  const rows = await get(room)
  expect(new Set(rows.map(({ timestamp }) => timestamp)).size).toBe(20)
  expect(rows.map(({ timestamp }) => timestamp)).toEqual(rows.map(({ timestamp }) => timestamp).sort((a, b) => a - b))
})

test('what is typed comes back as it was typed; scripts and attributes reach nobody', async () => {
  const ana = await member()
  const room = await roomOf('public', ana)
  const one = await system.connect(`?user_id=test&room_id=${room}`)
  const plain = {
    'a &amp; b<br>c': 'a & b\nc',
    '<div>a</div><div><b>b</b></div>': 'a\nb',
    'x &lt;y&gt;&nbsp;z': 'x <y>\u00a0z',
  }
  for (const [html, text] of Object.entries(plain)) {
    await put(room, html)
    expect(row(await one.heard()).message).toBe(html)
    expect((await ana.heard('message')).message.text).toBe(text)
  }
  await put(room, 'a<script>alert(1)</script><img src=x onerror="alert(2)"><b onclick=alert(3)>b</b>')
  expect(row(await one.heard()).message).toBe('a<b>b</b>')
  expect((await ana.heard('message')).message.text).toBe('ab')
  await say(ana, room, '<script>alert(4)</script> & "more"\nlines')
  expect(row(await one.heard()).message).toBe('&lt;script&gt;alert(4)&lt;/script&gt; &amp; "more"<br>lines')
  expect((await put(room, '<script>alert(5)</script>')).status).toBe(200)
  const history = JSON.stringify(await get(room))
  for (const number of [1, 2, 3, 5]) expect(history).not.toContain(`alert(${number})`)
  expect(history).not.toContain('<script>')
})

test('formatted text that is too long for what is kept beside it comes back as plain text', async () => {
  const room = newRoomId()
  const one = await system.connect(`?user_id=test&room_id=${room}`)
  await put(room, `<b>${'x'.repeat(3_000)}</b>`)
  expect(row(await one.heard()).message).toBe('x'.repeat(3_000))
  expect((await put(room, 'x'.repeat(10_001))).status).toBe(413)
})

test('a ping is forbidden, and the connection stays open', async () => {
  const room = newRoomId()
  const one = await system.connect(`?user_id=test&room_id=${room}`)
  for (const frame of [{ message: 'ping' }, { action: 'send', text: 'hi' }, 'no JSON']) {
    one.send(frame)
    expect(await one.heard()).toBe(gateway('Forbidden'))
  }
  await put(room, 'hello')
  expect(row(await one.heard()).message).toBe('hello')
})

test('a connection needs a user and a room, and a room that may be one', async () => {
  for (const query of ['', '?user_id=test', '?room_id=test', '?user_id=&room_id=test', '?user_id=test&room_id=A%20b']) {
    expect(await refusedWith(system.connect(query)), query).toBe(400)
  }
})

test('a message needs its fields; a room is made by who comes or speaks, never by who looks', async () => {
  const room = newRoomId()
  const whole = { room_id: room, text: 'hi', user_id: 7, name: 'name' }
  for (const field of Object.keys(whole)) {
    expect((await system.ask('PUT', '/chat', { ...whole, [field]: undefined })).status, field).toBe(400)
  }
  for (const body of ['no JSON', [], { ...whole, user_id: '7' }, { ...whole, room_id: '../x' }]) {
    expect((await system.ask('PUT', '/chat', body)).status).toBe(400)
  }
  expect((await system.ask('GET', '/chat')).status).toBe(400)
  await get(room)
  const { token } = await guest()
  expect((await api.refusal('GET /api/rooms/{room}', { token, at: room })).code).toBe('not_found')
  await put(room, 'hi')
  expect(await api.call('GET /api/rooms/{room}', { token, at: room })).toBeTruthy()
})

test('private rooms are none here', async () => {
  const ana = await member()
  const room = await roomOf('private', ana)
  await say(ana, room, 'a secret')
  expect(await get(room)).toEqual([])
  expect((await put(room, 'hi')).status).toBe(400)
  expect(await refusedWith(system.connect(`?user_id=test&room_id=${room}`))).toBe(400)
  const page = await ana.ask('page', { action: 'history', room })
  expect(page.messages.map(({ text }) => text)).toEqual(['a secret'])
})

test('pages from elsewhere may put; nobody takes the name of an account', async () => {
  const may = await preflight(system, 'PUT', '/chat', 'content-type')
  expect(may).toMatchObject({ isFine: true, origin: '*' })
  expect(may.methods).toContain('put')
  expect(may.headers).toContain('content-type')
  const zoe = await member()
  const room = newRoomId()
  await put(room, 'it is me', { name: zoe.me.name })
  await put(room, 'it is I', { name: newName('Caio') })
  expect((await get(room)).map(({ name }) => name)).toEqual([`${zoe.me.name} (guest)`, expect.stringContaining('Caio')])
})
