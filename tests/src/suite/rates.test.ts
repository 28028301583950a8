import { createConnection } from 'node:net'
import { describe, expect, test } from 'vitest'
import { ask } from '../harness/http.ts'
import { HandshakeRefused, type RawClient } from '../harness/raw-client.ts'
import { newId, newName, type Person, say, world } from '../harness/world.ts'

const rate = 5
const { api, guest, account, connect, socket, deployment } = await world({ PARLEY_RATE: String(rate) })

// Made before any test, since making them is limited too.
const people = await Promise.all(Array.from({ length: 7 }, () => guest()))
const holders = [await account(), await account()] as const
/** Somebody who has not done anything yet. */
const somebody = () => people.pop() as Person

/** Sends so many pings at once; how many were answered, and the refusals. */
const flood = async (client: RawClient, count: number) => {
  const answers = await Promise.all(
    Array.from({ length: count }, () => {
      const ref = newId()
      const answer = client.answer(ref, 'ping')
      client.tell({ action: 'ping', ref })
      return answer
    }),
  )
  const refusals = answers.filter((answer) => answer.type === 'error')
  return { done: count - refusals.length, refusals }
}

/** Waits as long as a refusal asks for. */
const waited = (seconds: number | null | undefined): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, (seconds ?? 0) * 1000))

describe('frames', () => {
  test('[L3][X1] more than the rate, after a burst of three times that, are rate_limited with a time to wait', async () => {
    const client = await connect(somebody())
    const { done, refusals } = await flood(client, rate * 3 + 12)
    expect(done).toBeGreaterThanOrEqual(rate * 3 - 1)
    expect(done).toBeLessThan(rate * 3 + 12)
    for (const { code, retry } of refusals) {
      expect(code).toBe('rate_limited')
      expect(retry).toBeGreaterThanOrEqual(1)
      expect(retry).toBeLessThanOrEqual(3)
    }
    await waited(refusals[0]?.retry)
    await client.ask('pong', { action: 'ping' })
    await client.close()
  })

  test('[L3] that were refused have no effect, and may be sent again', async () => {
    const client = await connect(somebody())
    const id = newId()
    const frame = { action: 'send', room: 'general', id, text: 'again' }
    // Right behind the others: where the machine is busy, a turn to and fro is enough to be let in again.
    const flooded = flood(client, rate * 3 + 10)
    const refusal = await client.refusal(frame)
    await flooded
    expect(refusal.code).toBe('rate_limited')
    const reader = holders[0]
    const stored = async () =>
      (await api.call('GET /api/rooms/{room}/messages', { token: reader.token, at: 'general' })).messages.map(
        (message) => message.id,
      )
    expect(await stored()).not.toContain(id)
    await waited(refusal.retry)
    await client.ask('message', frame)
    expect(await stored()).toContain(id)
    await client.close()
  })

  test('[L3] what cannot be read counts too', async () => {
    const client = await connect(somebody())
    for (let index = 0; index < rate * 3 + 3; index += 1) client.send('nonsense')
    await client.heard('error', ({ code }) => code === 'rate_limited')
    await client.close()
  })

  test('[L3] of all connections of a user together are limited to twice the rate', async () => {
    const person = somebody()
    const clients = await Promise.all(Array.from({ length: 4 }, () => connect(person)))
    const began = performance.now()
    const floods = await Promise.all(clients.map((client) => flood(client, rate * 3)))
    const seconds = (performance.now() - began) / 1000
    const done = floods.reduce((sum, one) => sum + one.done, 0)
    // Each has taken two to get in.
    expect(done).toBeGreaterThanOrEqual(rate * 6 - 4 * 2 - 4)
    expect(done).toBeLessThan(rate * 6 + rate * 2 * seconds + 2)
    const other = await connect(somebody())
    await other.ask('pong', { action: 'ping' })
    await Promise.all([...clients, other].map((client) => client.close()))
  })

  test('[L3][H6] count together with what the user does over HTTP', async () => {
    const { token } = holders[1]
    const answers = await Promise.all(Array.from({ length: rate * 6 + 40 }, () => api.raw('GET /api/me', { token })))
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused.length).toBeGreaterThan(0)
    expect(refused.length).toBeLessThanOrEqual(41)
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(answers.length - refused.length)
    for (const { headers } of refused) expect(headers['retry-after']).toMatch(/^[1-9]\d*$/)
  })

  test('[L3][C1] whoever goes on regardless is closed with 4429, and others are not', async () => {
    const person = somebody()
    const [client, other] = [await connect(person), await connect(somebody())]
    for (let index = 0; index < 200; index += 1) client.send('{"action":"ping"}')
    const bye = await client.heard('bye')
    expect(bye).toMatchObject({ code: 4429 })
    expect(bye.retry).toBeGreaterThanOrEqual(1)
    expect((await client.closed).code).toBe(4429)
    await say(other, 'general', 'unharmed')
    await other.close()
  })
})

describe('signing in', () => {
  const login = (username: string, password: string) => api.raw('POST /api/login', { body: { username, password } })

  test('[L4][H6] is limited for each account name, right password or wrong', async () => {
    const [person, other] = holders
    expect((await login(person.user.name.toUpperCase(), 'wrong')).status).toBe(401)
    await login(person.user.name, 'wrong')
    const limited = await login(person.user.name, person.password)
    expect(limited.status).toBe(429)
    expect(JSON.parse(limited.text).error.code).toBe('rate_limited')
    expect(limited.headers['retry-after']).toMatch(/^[1-9]\d*$/)
    expect((await login(other.user.name, other.password)).status).toBe(200)
  })

  test('[L4][H6] is limited for each address, whatever the names', async () => {
    const statuses: number[] = []
    for (let index = 0; index < 15; index += 1) statuses.push((await login(newName(), 'wrong')).status)
    expect(statuses.at(-1)).toBe(429)
    const forwarded = { 'x-forwarded-for': '203.0.113.9', 'x-real-ip': '203.0.113.9', forwarded: 'for=203.0.113.9' }
    const body = JSON.stringify({ username: newName(), password: 'wrong' })
    expect((await ask(deployment.url, 'POST', '/api/login', { body, headers: forwarded })).status).toBe(429)
  })

  test('[L4][H6] and so is making guests', async () => {
    const answers = []
    for (let index = 0; index < 12; index += 1) {
      answers.push(await api.raw('POST /api/guests', { body: { name: newName() } }))
    }
    const last = answers.at(-1)
    expect(last?.status).toBe(429)
    expect(last?.headers['retry-after']).toMatch(/^[1-9]\d*$/)
  })
})

describe('sockets', () => {
  /** Opens a socket as soon as the rate lets it. A gateway does not say for what it refuses: then it is not for the rate. */
  const opened = async (person: Person): Promise<RawClient | 'too many'> => {
    for (let tries = 0; tries < 4; tries += 1) {
      const got = await socket(person).catch((error: unknown) => error)
      if (!(got instanceof HandshakeRefused)) return got as RawClient
      expect(got.status).toBe(429)
      if (got.body.includes('too many sockets')) return 'too many'
      await waited(1)
    }
    return 'too many'
  }

  test('[L7] a user has at most 50 open; one more is refused until one is closed', async () => {
    const person = holders[1]
    const clients: RawClient[] = []
    while (clients.length < 50) {
      // More at once than may be open: none of them counts twice, and none is forgotten.
      const attempts = await Promise.all(Array.from({ length: 10 }, () => opened(person)))
      for (const one of attempts) if (one !== 'too many') clients.push(one)
    }
    expect(clients).toHaveLength(50)
    expect(await opened(person)).toBe('too many')
    await clients.pop()?.close()
    await expect.poll(() => opened(person).then((one) => typeof one), { timeout: 10_000 }).toBe('object')
    await Promise.all(clients.map((client) => client.close()))
  })

  test('[A5] a refused upgrade does not keep its socket, whatever its client does', async () => {
    const { hostname, port } = new URL(deployment.url)
    const tcp = createConnection({ host: hostname, port: Number(port), allowHalfOpen: true })
    const closed = new Promise((resolve) => tcp.once('close', resolve))
    tcp.on('error', () => {})
    tcp.on('data', () => {
      const more = setInterval(() => tcp.write('more than was asked for'), 50)
      tcp.once('close', () => clearInterval(more))
    })
    const upgrade = ['GET /ws HTTP/1.1', `Host: ${hostname}:${port}`, 'Connection: Upgrade', 'Upgrade: websocket']
    tcp.write(`${upgrade.join('\r\n')}\r\n\r\n`)
    await closed
  })

  test('[X4] pongs that no ping asked for keep nobody from writing', async () => {
    const [flooder, writer] = [await connect(holders[1]), await connect(holders[0])]
    for (let count = 0; count < 30_000; count += 1) flooder.pong()
    expect((await say(writer, 'general', 'still here')).text).toBe('still here')
  })
})
