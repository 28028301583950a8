import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { textFrame } from './text-frame.ts'

let server: WebSocketServer
let client: WebSocket
let tcp: Socket

beforeAll(async () => {
  server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false })
  await once(server, 'listening')
  const opened = once(server, 'connection')
  client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const [, request] = await opened
  tcp = request.socket
})

afterAll(() => {
  client.terminate()
  server.close()
})

/** What a client reads when these bytes are written to its socket. */
const read = async (bytes: Buffer): Promise<string> => {
  const message = once(client, 'message')
  tcp.write(bytes)
  return String((await message)[0])
}

test.each([0, 1, 125, 126, 65_535, 65_536, 100_000])(
  'a text of %i bytes is one frame that clients read',
  async (length) => {
    const text = 'x'.repeat(length)
    expect(await read(textFrame(text))).toBe(text)
  },
)

test('lengths count bytes of UTF-8, not characters', async () => {
  const text = '한국어 👋 '.repeat(10_000)
  expect(await read(textFrame(text))).toBe(text)
})
