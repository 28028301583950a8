import { createHmac, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as realTimeout } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { connectionsOf } from '../harness/records.ts'
import { nodeWorld, say, settled } from '../harness/world.ts'

const second = 1000
const hour = 3600 * second
const day = 24 * hour

/** The same token with another end, signed with the server's own key. `lastsMs` counts from signing in. */
const reissued = async (token: string, data: string, lastsMs: number): Promise<string> => {
  const [head = '', body = ''] = token.split('.')
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString())
  const exp = claims.iat + lastsMs / second
  const text = `${head}.${Buffer.from(JSON.stringify({ ...claims, exp })).toString('base64url')}`
  const key = Buffer.from((await readFile(join(data, 'signing.key'), 'utf8')).trim(), 'base64url')
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`
}

describe('what ends by the clock', async () => {
  const { api, guest, account, socket, connect, deployment } = await nodeWorld({}, { clock: 1 })

  test('[A3] a ticket opens nothing after 30 seconds', async () => {
    const { token } = await guest()
    const early = await api.call('POST /api/tickets', { token })
    const late = await api.call('POST /api/tickets', { token })
    await deployment.advance(25 * second)
    const person = await guest()
    await (await socket(person, { path: `/ws?ticket=${early.ticket}`, headers: { authorization: '' } })).close()
    await deployment.advance(6 * second)
    await expect(
      socket(person, { path: `/ws?ticket=${late.ticket}`, headers: { authorization: '' } }),
    ).rejects.toMatchObject({ status: 401 })
  })

  test('[H11][A5][H4] a token is good for 24 hours', async () => {
    const person = await guest()
    await deployment.advance(day - 60 * second)
    await api.call('GET /api/me', { token: person.token })
    await deployment.advance(61 * second)
    expect((await api.refusal('GET /api/me', { token: person.token })).status).toBe(401)
    await expect(socket(person)).rejects.toMatchObject({ status: 401 })
  })

  test('[H12] renew takes an expired token as long as its session lasts: 30 days from the last renewal', async () => {
    const person = await account()
    await deployment.advance(29 * day)
    const renewed = await api.call('POST /api/renew', { token: person.token })
    await api.call('GET /api/me', { token: renewed.token })
    await deployment.advance(29 * day)
    const again = await api.call('POST /api/renew', { token: person.token })
    await deployment.advance(30 * day + second)
    for (const { token } of [person, renewed, again]) {
      expect((await api.refusal('POST /api/renew', { token })).code).toBe('unauthorized')
    }
  })

  test('[C5] a socket outlives its token, but not its session', async () => {
    const person = await guest()
    await deployment.advance(30 * day - 60 * second)
    // A token that is good for longer than its session, which the server itself never makes.
    const token = await reissued(person.token, deployment.data, 31 * day)
    const [kept, lost] = [await connect({ ...person, token }), await connect({ ...person, token })]
    const short = await connect({
      ...person,
      token: await reissued(person.token, deployment.data, 30 * day - 45 * second),
    })
    await deployment.advance(20 * second)
    for (const client of [kept, lost, short]) await client.ask('pong', { action: 'ping' })
    expect((await api.refusal('GET /api/me', { token: short.person.token })).status).toBe(401)
    await api.call('GET /api/me', { token })
    await deployment.advance(41 * second)
    lost.tell({ action: 'send', room: 'general', id: randomUUID(), text: 'too late' })
    expect(await lost.heard('bye')).toMatchObject({ code: 4401, retry: null })
    expect((await lost.closed).code).toBe(4401)
    const late = await connect(await guest())
    const { messages } = await late.ask('page', { action: 'history', room: 'general' })
    expect(messages.map(({ text }) => text)).not.toContain('too late')
  })

  test('[C5] a socket whose session was renewed in the meantime goes on', async () => {
    const person = await guest()
    await deployment.advance(30 * day - 60 * second)
    const client = await connect({ ...person, token: await reissued(person.token, deployment.data, 31 * day) })
    await api.call('POST /api/renew', { token: person.token })
    await deployment.advance(61 * second)
    await client.ask('pong', { action: 'ping' })
  })
})

/** Twenty times as fast: the heartbeat of 30 s takes 1.5 s. */
describe.concurrent('what dies without a word', async () => {
  const { api, guest, account, connect, socket, deployment } = await nodeWorld({}, { clock: 20 })
  const root = await account('admin')

  test('[P3] a connection that answers no ping is found out, and counts as ended', async () => {
    const watcher = await connect(await guest())
    const person = await guest()
    const dead = await connect(person, { pongs: false })
    const { heartbeat } = dead.welcome
    await watcher.heard('presence', (frame) => frame.user === person.user.id && frame.online)
    const withinMs = (4 * heartbeat * second) / 20
    await watcher.heard('presence', (frame) => frame.user === person.user.id && !frame.online, withinMs)
    const [record] = await connectionsOf(api, root, person, ([first]) => first?.disconnectedAt !== null)
    const lastedMs = Date.parse(record?.disconnectedAt ?? '') - Date.parse(record?.connectedAt ?? '')
    expect(lastedMs).toBeLessThanOrEqual(4 * heartbeat * second)
    await settled(watcher)
    expect((await api.call('GET /api/health')).status).toBe('ok')
  })

  test('[P3] a connection whose other end reads nothing any more is found out too', async () => {
    const watcher = await connect(await guest())
    const person = await guest()
    const stuck = await connect(person)
    await watcher.heard('presence', (frame) => frame.user === person.user.id && frame.online)
    stuck.pause()
    const withinMs = (4 * stuck.welcome.heartbeat * second) / 20
    await watcher.heard('presence', (frame) => frame.user === person.user.id && !frame.online, withinMs)
  })

  test('[L9][C1] a connection that says no hello is closed, whatever else it says; one that does is not', async () => {
    const greeted = await connect(await guest())
    const began = performance.now()
    const [silent, talking] = [await socket(await guest()), await socket(await guest(), { anyRef: true })]
    const talk = setInterval(() => talking.tell({ action: 'ping' }), 200)
    for (const client of [silent, talking]) {
      expect(await client.heard('bye')).toMatchObject({ code: 1001, retry: 1 })
      expect((await client.closed).code).toBe(1001)
    }
    clearInterval(talk)
    expect((performance.now() - began) * 20).toBeGreaterThan(29 * second)
    await greeted.ask('pong', { action: 'ping' })
  })

  test('[P3] a connection that answers pings is left alone, however long it says nothing', async () => {
    const watcher = await connect(await guest())
    const quiet = await connect(await guest())
    await realTimeout((4.5 * quiet.welcome.heartbeat * second) / 20)
    const { id } = await say(watcher, 'general', 'are you there?')
    await quiet.heard('message', ({ message }) => message.id === id)
    expect(deployment.process.output().err).not.toMatch(/"level":50/)
  })
})

describe.concurrent('sockets that are not used', async () => {
  const { guest, connect } = await nodeWorld({ PARLEY_SOCKET_IDLE: '60' }, { clock: 20 })

  test('[L5][C1] are closed after PARLEY_SOCKET_IDLE, and others are not', async () => {
    const [idle, used] = [await connect(await guest()), await connect(await guest())]
    const began = performance.now()
    const using = setInterval(() => used.tell({ action: 'ping' }), 100)
    expect(await idle.heard('bye')).toMatchObject({ code: 1001, retry: 0 })
    expect((await idle.closed).code).toBe(1001)
    expect((performance.now() - began) * 20).toBeGreaterThan(59 * second)
    await used.ask('pong', { action: 'ping' })
    clearInterval(using)
  })
})

describe.concurrent('sockets that grow old', async () => {
  const { guest, connect } = await nodeWorld({ PARLEY_SOCKET_LIFE: '60' }, { clock: 20 })

  test('[L5][C1] are closed after PARLEY_SOCKET_LIFE, used or not', async () => {
    const [idle, used] = [await connect(await guest()), await connect(await guest())]
    const began = performance.now()
    const using = setInterval(() => used.tell({ action: 'ping' }), 100)
    for (const client of [idle, used]) {
      expect(await client.heard('bye')).toMatchObject({ code: 1001, retry: 0 })
      expect((await client.closed).code).toBe(1001)
    }
    clearInterval(using)
    expect((performance.now() - began) * 20).toBeGreaterThan(59 * second)
  })
})
