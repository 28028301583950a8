import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { openConnection } from './connection.ts'
import { mixed, mixedHole, numberHole, timeHole } from './numbers.ts'
import { payloadSize, payloadStart } from './websocket.ts'
import { type Wire, wires } from './wires.ts'

test('every wire sends 200 bytes with a number in the text and a mixed one in the id', () => {
  for (const { message } of Object.values(wires)) {
    expect(Buffer.byteLength(message)).toBe(200)
    expect(message.split(numberHole)).toHaveLength(2)
    expect(message.split(mixedHole)).toHaveLength(2)
    expect(message.split(timeHole)).toHaveLength(2)
  }
})

test('no two numbers are mixed to the same, and all have ten digits at most', () => {
  const count = 300_000
  const found = new Set(Array.from({ length: count }, (_, number) => mixed(number)))
  expect(found.size).toBe(count)
  expect(Math.max(...[mixed(0), mixed(99_999), mixed(9_999_999_999)])).toBeLessThan(1e10)
})

test('headers of short, long and very long frames are read', () => {
  const long = Buffer.of(0x81, 127, 0, 0, 0, 0, 0, 1, 0, 5)
  expect([payloadStart(long, 0, 10), payloadSize(long, 0)]).toEqual([10, 65_541])
  expect(payloadStart(long, 0, 9)).toBeUndefined()
  const middle = Buffer.of(0x81, 126, 1, 44)
  expect([payloadStart(middle, 0, 4), payloadSize(middle, 0)]).toEqual([4, 300])
  const short = Buffer.of(0x81, 5)
  expect([payloadStart(short, 0, 2), payloadSize(short, 0)]).toEqual([2, 5])
})

test('a real server understands what is sent, and is understood whatever pieces its frames come in', async () => {
  const http = createServer().listen(0, '127.0.0.1')
  await once(http, 'listening')
  const server = new WebSocketServer({ server: http })
  const wire: Wire = wires.plain
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  const connected = once(server, 'connection')
  const connection = await openConnection(url, wire, {}, (error) => expect.fail(error.message))
  const [peer] = await connected
  const heard = once(peer, 'message')
  const before = Date.now()
  connection.send(wire.framing.numbered(wire.message)(1_234_567_890))
  const text = String((await heard)[0])
  const time = /[0-9a-f]{8}-[0-9a-f]{4}(?=-7)/.exec(text)?.[0] ?? ''
  expect(Number.parseInt(time.replace('-', ''), 16)).toBeGreaterThanOrEqual(before)
  expect(Number.parseInt(time.replace('-', ''), 16)).toBeLessThanOrEqual(Date.now())
  expect(text).toBe(
    wire.message
      .replace(numberHole, '1234567890')
      .replace(mixedHole, String(mixed(1_234_567_890)).padStart(10, '0'))
      .replace(timeHole, time),
  )

  const sizes = [1, 125, 126, 65_535, 65_536, 300_000, 7]
  const seen: number[] = []
  await new Promise<void>((resolve) => {
    connection.onText = (bytes, start, end) => {
      seen.push(bytes.toString('utf8', start, end).length)
      if (seen.length === sizes.length) resolve()
    }
    for (const size of sizes) peer.send('x'.repeat(size))
  })
  expect(seen).toEqual(sizes)
  const pong = once(peer, 'pong')
  peer.ping('still there')
  expect(String((await pong)[0])).toBe('still there')
  connection.end()
  server.close()
  http.close()
})
