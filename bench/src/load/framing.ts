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
export const textFrame = (text: string): Buffer => frame(1, Buffer.from(text))

/** The answer to a ping control frame. */
export const pongFrame = (payload: Uint8Array): Buffer => frame(10, payload)

/** Digits of a message's number: enough for one run, and fixed, so that every message has the same size. */
export const numberDigits = 10
/** Where the number goes in the text of a frame. */
export const numberHole = '0'.repeat(numberDigits)
/** Where the number goes with its digits mixed: ids of one millisecond come in no order, and stores feel that. */
export const mixedHole = '9'.repeat(numberDigits)
/** Where the time goes, as ids have it that Parley's clients make: milliseconds in hexadecimal. */
export const timeHole = '77777777-7777'

const half = 100_000

/** Another number of ten digits for each: consecutive ones are far apart. */
export const mixed = (number: number): number => ((number * 73_939) % half) * half + (Math.floor(number / half) % half)

const places = (text: string, hole: string): readonly number[] =>
  [...text.matchAll(new RegExp(hole, 'g'))].map(({ index }) => index)

/**
 * Frames that differ in their number only, which is put into every hole of the text. The masked template is made once
 * and only the digits are written for each message.
 */
export const numberedFrames = (text: string): ((number: number) => Buffer) => {
  const template = textFrame(text)
  const payloadAt = template.length - Buffer.byteLength(text)
  const plain = places(text, numberHole)
  const mixing = places(text, mixedHole)
  const timing = places(text, timeHole)
  const write = (bytes: Buffer, place: number, number: number): void => {
    let rest = number
    for (let at = place + numberDigits - 1; at >= place; at--) {
      bytes[payloadAt + at] = maskedByte(0x30 + (rest % 10), at)
      rest = Math.floor(rest / 10)
    }
  }
  const writeTime = (bytes: Buffer, place: number): void => {
    const digits = Date.now().toString(16).padStart(12, '0')
    const time = `${digits.slice(0, 8)}-${digits.slice(8)}`
    for (let i = 0; i < time.length; i++) {
      const at = place + i
      bytes[payloadAt + at] = maskedByte(time.charCodeAt(i), at)
    }
  }
  return (number) => {
    const bytes = Buffer.from(template)
    for (const place of plain) write(bytes, place, number)
    for (const place of mixing) write(bytes, place, mixed(number))
    for (const place of timing) writeTime(bytes, place)
    return bytes
  }
}

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
