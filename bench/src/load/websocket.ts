import type { Framing } from './framing.ts'
import { numberedCopies } from './numbers.ts'

const opcodes = { text: 1, ping: 9, pong: 10 } as const

/** The key every frame up is masked with: masking is required, secrecy is not. */
const mask = Uint8Array.of(0x5a, 0xc3, 0x11, 0x7e)

const header = (opcode: number, size: number): Buffer => {
  const bytes = Buffer.alloc(size < 126 ? 6 : 8)
  bytes[0] = 0x80 | opcode
  if (size < 126) bytes[1] = 0x80 | size
  else {
    bytes[1] = 0x80 | 126
    bytes.writeUInt16BE(size, 2)
  }
  bytes.set(mask, bytes.length - 4)
  return bytes
}

const maskedByte = (byte: number, at: number): number => byte ^ (mask[at & 3] as number)

const frame = (opcode: number, payload: Uint8Array): Buffer => {
  if (payload.length > 0xffff) throw new RangeError('a frame of the load is at most 65,535 bytes')
  return Buffer.concat([header(opcode, payload.length), payload.map(maskedByte)])
}

/** A whole masked text frame, as a client sends it. */
export const textFrame = (text: string): Buffer => frame(opcodes.text, Buffer.from(text))

/** The answer to a ping control frame. */
const pongFrame = (payload: Uint8Array): Buffer => frame(opcodes.pong, payload)

/** The request that opens a WebSocket; the answer's accept key is not checked, the servers here are our own. */
export const upgradeRequest = (host: string, path: string, headers: Readonly<Record<string, string>>): string =>
  [
    `GET ${path} HTTP/1.1`,
    `Host: ${host}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: cGFybGV5IGJlbmNoIGxvYQ==',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '\r\n',
  ].join('\r\n')

/** Where the frame at `at` has its payload, or undefined when its header is not all there. Servers do not mask. */
export const payloadStart = (bytes: Uint8Array, at: number, end: number): number | undefined => {
  if (at + 2 > end) return undefined
  const size = bytes[at + 1] as number
  const start = at + (size < 126 ? 2 : size === 126 ? 4 : 10)
  return start > end ? undefined : start
}

/** The size of the payload of a frame whose header is all there. */
export const payloadSize = (bytes: Uint8Array, at: number): number => {
  const size = bytes[at + 1] as number
  if (size < 126) return size
  if (size === 126) return ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number)
  let long = 0
  for (let place = at + 2; place < at + 10; place++) long = long * 256 + (bytes[place] as number)
  return long
}

/** Frames of WebSocket. Those up are masked once, with the template. */
export const webSocketFraming: Framing = {
  take: (bytes, filled, connection) => {
    let at = 0
    for (;;) {
      const start = payloadStart(bytes, at, filled)
      if (start === undefined) return at
      const end = start + payloadSize(bytes, at)
      if (end > filled) return at
      const opcode = (bytes[at] as number) & 15
      if (opcode === opcodes.text) connection.onText(bytes, start, end)
      else if (opcode === opcodes.ping) connection.send(pongFrame(bytes.subarray(start, end)))
      at = end
    }
  },
  numbered: (text) => {
    const template = textFrame(text)
    return numberedCopies(template, template.length - Buffer.byteLength(text), text, maskedByte)
  },
}
