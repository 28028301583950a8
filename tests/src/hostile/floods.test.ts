import { once } from 'node:events'
import { connect as connectTcp, type Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import type { HttpAnswer } from '../harness/http.ts'
import { HandshakeRefused, openSocket, type RawClient } from '../harness/raw-client.ts'
import { newName, nodeWorld, type Person, say } from '../harness/world.ts'

/** The rates as they are unless somebody sets others. */
const { api, deployment, guest, account, connect } = await nodeWorld({ PARLEY_RATE: '20' })
const [holder, victim, eve, mallory] = [await account(), await account(), await guest(), await guest()]
const bystander = await connect(await guest())

const statuses = (answers: readonly HttpAnswer[]): ReadonlySet<number> => new Set(answers.map(({ status }) => status))
const expectWaits = (answers: readonly HttpAnswer[]): void => {
  for (const { status, headers } of answers) {
    if (status === 429) expect(headers['retry-after']).toMatch(/^[1-9]\d*$/)
  }
}

describe('upgrades', () => {
  const upgrade = ({ token }: Person): Promise<RawClient | HandshakeRefused> =>
    openSocket(deployment.url, { headers: { authorization: `Bearer ${token}` } }).catch((error: unknown) => {
      if (error instanceof HandshakeRefused) return error
      throw error
    })

  test('[L7] of a hundred at once by one user, fifty open', async () => {
    const attempts = await Promise.all(Array.from({ length: 100 }, () => upgrade(eve)))
    const open = attempts.filter((one): one is RawClient => !(one instanceof HandshakeRefused))
    expect(open).toHaveLength(50)
    for (const one of attempts) if (one instanceof HandshakeRefused) expect(one.status).toBe(429)
    await Promise.all(open.map((client) => client.close()))
  })

  test('[L3][L7] that follow each other are limited as frames are, and others come in', async () => {
    let refused: HandshakeRefused | undefined
    for (let round = 0; round < 40 && !refused; round += 1) {
      for (const one of await Promise.all(Array.from({ length: 10 }, () => upgrade(mallory)))) {
        if (one instanceof HandshakeRefused) refused = one
        else await one.close()
      }
    }
    expect(refused?.status).toBe(429)
    await (await connect(holder)).close()
  })
})

describe('guessing', () => {
  test('[L4][H6] passwords of one account: after some it is a matter of minutes, for the right one too', async () => {
    const answers: HttpAnswer[] = []
    for (let count = 0; count < 12; count += 1) {
      answers.push(
        await api.raw('POST /api/login', { body: { username: victim.user.name, password: `guess ${count}` } }),
      )
    }
    const { user, password } = victim
    answers.push(await api.raw('POST /api/login', { body: { username: user.name, password } }))
    expect(statuses(answers.slice(0, 8))).toEqual(new Set([401]))
    expect(statuses(answers.slice(-2))).toEqual(new Set([429]))
    expectWaits(answers)
  })

  test('[L4] the secrets of links: as signing in is', async () => {
    const body = { secret: 'x'.repeat(100), password: 'a new password' }
    const answers: HttpAnswer[] = []
    for (let count = 0; count < 40; count += 1) answers.push(await api.raw('POST /api/password-links', { body }))
    expect(answers.at(-1)?.status).toBe(429)
    expectWaits(answers)
  })

  test('[L4][H6] the names of many accounts: limited by the address, whatever headers say of it', async () => {
    const answers: HttpAnswer[] = []
    for (let count = 0; count < 35; count += 1) {
      const headers = { 'x-forwarded-for': `203.0.113.${count}`, forwarded: `for=203.0.113.${count}` }
      answers.push(await api.raw('POST /api/login', { body: { username: newName(), password: 'a guess' }, headers }))
    }
    expect(answers.at(-1)?.status).toBe(429)
    expectWaits(answers)
  })

  test('[L4][H14] the current password, by who has found an open page', async () => {
    const body = { current: 'a guess', password: 'a new password' }
    const answers: HttpAnswer[] = []
    for (let count = 0; count < 15; count += 1) {
      answers.push(await api.raw('POST /api/password', { token: victim.token, body }))
    }
    expect(answers.at(-1)?.status).toBe(429)
    expectWaits(answers)
  })
})

describe('what is sent without end', () => {
  const upgraded = async ({ token }: Person) => {
    const { hostname, port, host } = new URL(deployment.url)
    const socket = connectTcp(Number(port), hostname)
    const head = ['GET /ws HTTP/1.1', `Host: ${host}`, 'Connection: Upgrade', 'Upgrade: websocket']
    const own = [
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
      `Authorization: Bearer ${token}`,
    ]
    socket.write(`${[...head, ...own].join('\r\n')}\r\n\r\n`)
    await once(socket, 'data')
    socket.on('error', () => {})
    return socket
  }
  const closing = (socket: Socket): Promise<void> => new Promise((resolve) => socket.once('close', () => resolve()))
  /** A frame of a client, masked with zeros. */
  const frame = (first: number, payload: Buffer): Buffer =>
    Buffer.concat([Buffer.of(first, 0x80 | payload.length, 0, 0, 0, 0), payload])

  test('[L6][X4] pings whose answers nobody reads end their connection, and fill no memory', async () => {
    const socket = await upgraded(holder)
    socket.pause()
    const pings = Buffer.concat(Array.from({ length: 1_000 }, () => frame(0x89, Buffer.alloc(125))))
    const closed = closing(socket)
    let written = 0
    const more = (): void => {
      while (written < 200_000_000 && socket.writable) {
        written += pings.length
        if (!socket.write(pings)) return
      }
    }
    socket.on('drain', more)
    more()
    await closed
    expect(written).toBeLessThan(200_000_000)
    expect((await say(bystander, 'general', 'still here')).text).toBe('still here')
  })

  test('[L1][X4] a message in pieces without end ends its connection', async () => {
    const socket = await upgraded(holder)
    const closed = closing(socket)
    socket.resume()
    socket.write(frame(0x01, Buffer.from('"')))
    const pieces = Buffer.concat(Array.from({ length: 1_000 }, () => frame(0x00, Buffer.from('x'))))
    const timer = setInterval(() => socket.write(pieces), 5)
    await closed
    clearInterval(timer)
    expect((await say(bystander, 'general', 'still here')).text).toBe('still here')
  })
})
