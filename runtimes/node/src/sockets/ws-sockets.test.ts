import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { endings } from '@parley/core'
import type { ConnectionId } from '@parley/protocol'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { type WsSockets, wsSockets } from './ws-sockets.ts'

const id = (name: string) => name as ConnectionId

let server: WebSocketServer
let sockets: WsSockets
let clients: WebSocket[]

beforeEach(async () => {
  server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false })
  await once(server, 'listening')
  sockets = wsSockets(({ message }) => message)
  clients = []
})

afterEach(() => {
  for (const client of clients) client.terminate()
  server.close()
})

const connect = async (name: string): Promise<{ client: WebSocket; tcp: Socket }> => {
  const opened = once(server, 'connection')
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
  clients.push(client)
  const [ws, request] = await opened
  sockets.add({ id: id(name), dialect: 'parley' }, ws, request.socket)
  if (client.readyState !== WebSocket.OPEN) await once(client, 'open')
  return { client, tcp: request.socket }
}

/** All that a client hears until its socket is closed. */
const untilClosed = async (client: WebSocket): Promise<{ heard: string[]; code: number; reason: string }> => {
  const heard: string[] = []
  client.on('message', (data) => heard.push(String(data)))
  const [code, reason] = await once(client, 'close')
  return { heard, code, reason: String(reason) }
}

test('frames of one turn are one write for each socket, and keep their order', async () => {
  const [ana, bia] = [await connect('ana'), await connect('bia')]
  const writes: number[] = []
  for (const { tcp } of [ana, bia]) {
    const write = tcp.write.bind(tcp)
    tcp.write = (bytes: Uint8Array) => {
      writes.push(bytes.length)
      return write(bytes)
    }
  }
  const heard = Promise.all([
    new Promise<string[]>((resolve) => {
      const all: string[] = []
      ana.client.on('message', (data) => all.push(String(data)) === 3 && resolve(all))
    }),
    new Promise<string[]>((resolve) => {
      const all: string[] = []
      bia.client.on('message', (data) => all.push(String(data)) === 2 && resolve(all))
    }),
  ])
  sockets.send([id('ana'), id('bia')], 'one')
  sockets.answer(id('ana'), 'two')
  sockets.send([id('ana'), id('bia')], 'three')
  expect(await heard).toEqual([
    ['one', 'two', 'three'],
    ['one', 'three'],
  ])
  expect(writes).toHaveLength(2)
})

test('those that are not there come back', async () => {
  await connect('ana')
  expect(await sockets.send([id('ana'), id('nobody')], 'hello')).toEqual(['nobody'])
})

test('the last word comes before the close, and nothing after it', async () => {
  const { client } = await connect('ana')
  const all = untilClosed(client)
  const [peer] = [...sockets.peers()]
  if (!peer) throw new Error('no peer')
  sockets.answer(id('ana'), 'hello')
  sockets.end(peer, endings.banned, 'goodbye')
  sockets.answer(id('ana'), 'too late')
  await sockets.close(id('ana'), endings.signedOut.code, endings.signedOut.message)
  expect(await all).toEqual({ heard: ['hello', 'goodbye'], code: 4403, reason: endings.banned.message })
})

test('[L6] who does not read is closed when more than 1 MiB waits', async () => {
  const { client, tcp } = await connect('ana')
  client.pause()
  const closed = once(tcp, 'close')
  const frame = 'x'.repeat(100_000)
  for (let sent = 0; !tcp.destroyed && sent < 1_000; sent += 1) {
    sockets.answer(id('ana'), frame)
    await new Promise(setImmediate)
    if ([...sockets.peers()][0]?.ending) break
  }
  expect([...sockets.peers()][0]?.ending).toBe(true)
  expect(tcp.writableLength).toBeLessThan(2 * 1024 * 1024)
  await closed
})
