import { randomBytes } from 'node:crypto'
import { connect as connectTcp } from 'node:net'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RawClient } from '../harness/raw-client.ts'
import { type Client, newId, nodeWorld, say, settled } from '../harness/world.ts'
import { anyText, check, nearlyFrame, type Pools } from './arbitraries.ts'

const world = await nodeWorld({ PARLEY_LOG: 'warn' })
const { deployment, guest, account, member, connect, room } = world
const witness = await member()
const others = [await member('admin'), await connect(await guest())]
const rooms = ['general', 'nowhere', await room('public', witness), await room('private', witness, ...others)]
const { room: direct } = await witness.ask('room', { action: 'direct', with: others.map(({ me }) => me.id) })
const messages: string[] = []
for (const place of [...rooms.filter((one) => one !== 'nowhere'), direct.id]) {
  messages.push((await say(witness, place, 'here')).id)
}
const pools: Pools = {
  rooms: [...rooms, direct.id],
  users: [witness, ...others].map(({ me }) => me.id),
  messages,
}

/** What no answer may have in it. */
const leaks = /node_modules|\.ts:\d+|\bat \S+ \(|SQLITE|SELECT |INSERT |\/work\/|\/tmp\//

/** That a client was told nothing but what is valid and no fault of the server, and is still answered. */
const checkUnharmed = async (client: RawClient): Promise<void> => {
  await client.ask('pong', { action: 'ping' })
  for (const error of client.waiting('error')) {
    expect(error.code).not.toBe('internal')
    expect(error.message).not.toMatch(leaks)
  }
  expect(client.faults).toEqual([])
  client.clear()
}

const checkServer = async (): Promise<void> => {
  await settled(witness, ...others)
  for (const client of [witness, ...others]) {
    expect(client.faults).toEqual([])
    client.clear()
  }
  await world.api.call('GET /api/health')
  expect(
    deployment.process
      .output()
      .err.split('\n')
      .filter((line) => line.includes('"level":50')),
  ).toEqual([])
}

test('[X3][X4] any text is answered with a valid frame, and the connection goes on', async () => {
  const client = await connect(await guest(), { anyRef: true })
  const property = fc.asyncProperty(fc.array(anyText, { minLength: 1, maxLength: 10 }), async (texts) => {
    for (const text of texts) client.send(text)
    await checkUnharmed(client)
  })
  await check(property, 100)
  await checkServer()
})

test('[X3][X4] almost right frames of every action, by people of every role, harm nobody', async () => {
  const clients = await Promise.all([
    connect(await guest()),
    connect(await account()),
    connect(await account('admin')),
    connect(await account('owner')),
  ])
  const property = fc.asyncProperty(
    fc.nat(3),
    fc.array(nearlyFrame(pools), { minLength: 1, maxLength: 10 }),
    async (who, frames) => {
      const client = clients[who] as Client
      const answers = frames.map(async (frame) => {
        const ref = newId()
        const answer = client.answer(ref, JSON.stringify(frame).slice(0, 200))
        client.tell({ ...frame, ref })
        const got = await answer
        if (got.type === 'error') {
          expect(got.code, JSON.stringify(frame)).not.toBe('internal')
          expect(got.message).not.toMatch(leaks)
        }
      })
      await Promise.all(answers)
      await checkUnharmed(client)
    },
  )
  await check(property, 100)
  await checkServer()
})

test('[X4][G3] anything before hello harms nobody', async () => {
  const person = await guest()
  const property = fc.asyncProperty(
    fc.array(
      fc.oneof(
        anyText,
        nearlyFrame(pools).map((frame) => JSON.stringify({ ...frame, v: 2 })),
      ),
      { maxLength: 5 },
    ),
    async (texts) => {
      const client = await world.socket(person, { anyRef: true })
      for (const text of texts) client.send(text)
      await client.ask('welcome', { action: 'hello', v: 1 })
      await checkUnharmed(client)
      client.vanish()
    },
  )
  await check(property, 30)
  await checkServer()
})

test('[X4][C2] any bytes in a binary frame close the connection with 1003', async () => {
  const person = await guest()
  const property = fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
    const client = await connect(person)
    client.send(bytes)
    expect((await client.closed).code).toBe(1003)
  })
  await check(property, 30)
  await checkServer()
})

/** Shakes hands by hand, and then says these bytes where frames are expected. Resolves when the connection is over. */
const sayBytes = (token: string, bytes: Uint8Array): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(deployment.url)
    const socket = connectTcp(Number(port), hostname)
    let heard = ''
    const handshake = [
      'GET /ws HTTP/1.1',
      `Host: ${hostname}:${port}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
      `Authorization: Bearer ${token}`,
    ]
    socket.write(`${handshake.join('\r\n')}\r\n\r\n`)
    socket.once('data', () => socket.end(bytes))
    socket.on('data', (data) => {
      heard += data.toString('latin1')
    })
    socket.on('error', () => {})
    socket.setTimeout(15_000, () => reject(new Error(`it stays open after ${Buffer.from(bytes).toString('hex')}`)))
    socket.on('close', () => resolve(heard))
  })

test('[X4] bytes that are no frames end their own connection at most', async () => {
  const { token } = await guest()
  const header = fc.tuple(fc.nat(255), fc.nat(255)).map(([first, second]) => Uint8Array.of(first, second))
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.tuple(header, fc.uint8Array({ maxLength: 60 })).map(([begin, rest]) => Uint8Array.of(...begin, ...rest)),
    // Masked text that is no UTF-8; lengths that no frame may have; pings that are too long; frames that never end.
    fc
      .constantFrom(
        '8184000000008080c0ff',
        '81ffffffffffffffffff00000000',
        '89fe0080000000000000',
        '0180000000007b',
        '88810000000003',
      )
      .map((hex) => Uint8Array.from(Buffer.from(hex, 'hex'))),
  )
  const property = fc.asyncProperty(bytes, async (said) => {
    expect(await sayBytes(token, said)).not.toMatch(leaks)
  })
  await check(property, 100)
  await checkServer()
})
