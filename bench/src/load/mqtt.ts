import type { Framing } from './framing.ts'
import { numberedCopies } from './numbers.ts'

/** Delivered at most once, or acknowledged by whoever is sent it. */
export type Quality = 0 | 1

const packets = { connect: 1, connack: 2, publish: 3, puback: 4, subscribe: 8, suback: 9 } as const
const topic = 'general'

const sizeBytes = (size: number): readonly number[] =>
  size < 128 ? [size] : [(size % 128) | 128, ...sizeBytes(Math.floor(size / 128))]

const packet = (type: number, flags: number, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts)
  return Buffer.concat([Buffer.of((type << 4) | flags, ...sizeBytes(body.length)), body])
}

const twoBytes = (number: number): Buffer => Buffer.of(number >> 8, number & 255)
const word = (text: string): Buffer => Buffer.concat([twoBytes(text.length), Buffer.from(text)])

/** A new session of MQTT 3.1.1 without name and heartbeat, and a subscription to the topic. */
export const mqttHello = (quality: Quality): Buffer => {
  const protocolLevel = 4
  const cleanSession = 2
  return Buffer.concat([
    packet(packets.connect, 0, word('MQTT'), Buffer.of(protocolLevel, cleanSession), twoBytes(0), word('')),
    packet(packets.subscribe, 2, twoBytes(1), word(topic), Buffer.of(quality)),
  ])
}

/** What the answer to a new session is told as, and that to a subscription that got the quality it asked for. */
export const opened = `${packets.connack} 0000`
export const subscribed = (quality: Quality): string => `${packets.suback} 00010${quality}`

/** Where the packet at `at` has its body, or undefined when its head is not all there. */
const bodyStart = (bytes: Uint8Array, at: number, filled: number): number | undefined => {
  for (let place = at + 1; place < filled; place++) if ((bytes[place] as number) < 128) return place + 1
  return undefined
}

const bodySize = (bytes: Uint8Array, at: number, start: number): number => {
  let size = 0
  for (let place = start - 1; place > at; place--) size = size * 128 + ((bytes[place] as number) & 127)
  return size
}

/**
 * MQTT: payloads of messages, each acknowledged where its quality asks for it. Acknowledgements of what was sent up are
 * passed over, and all else is told as the number of its type and its body in hexadecimal digits.
 */
export const mqttFraming = (quality: Quality): Framing => ({
  take: (bytes, filled, connection) => {
    let at = 0
    const owed: Buffer[] = []
    for (;;) {
      const start = bodyStart(bytes, at, filled)
      if (start === undefined) break
      const end = start + bodySize(bytes, at, start)
      if (end > filled) break
      const type = (bytes[at] as number) >> 4
      if (type === packets.publish) {
        const idAt = start + 2 + bytes.readUInt16BE(start)
        const hasId = ((bytes[at] as number) & 6) !== 0
        if (hasId) owed.push(packet(packets.puback, 0, bytes.subarray(idAt, idAt + 2)))
        connection.onText(bytes, hasId ? idAt + 2 : idAt, end)
      } else if (type !== packets.puback) {
        const told = Buffer.from(`${type} ${bytes.toString('hex', start, end)}`)
        connection.onText(told, 0, told.length)
      }
      at = end
    }
    if (owed.length > 0) connection.send(Buffer.concat(owed))
    return at
  },
  numbered: (text) => {
    const id = quality === 0 ? Buffer.of() : twoBytes(0)
    const template = packet(packets.publish, quality << 1, word(topic), id, Buffer.from(text))
    const textAt = template.length - Buffer.byteLength(text)
    const copy = numberedCopies(template, textAt, text)
    if (quality === 0) return copy
    return (number) => {
      const bytes = copy(number)
      // Any but 0, and none twice among those under way.
      bytes.writeUInt16BE((number % 0xffff) + 1, textAt - 2)
      return bytes
    }
  },
})
