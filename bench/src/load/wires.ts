import { marker } from './counting.ts'
import type { Framing } from './framing.ts'
import { guestTokens } from './guests.ts'
import { mqttFraming, mqttHello, opened, type Quality, subscribed } from './mqtt.ts'
import { natsFraming, natsHello, natsPong } from './nats.ts'
import { mixedHole, numberHole, timeHole } from './numbers.ts'
import { textFrame, webSocketFraming } from './websocket.ts'

/** How the clients of one kind of server speak: what is the same for all connections of a run. */
export interface Wire {
  readonly framing: Framing
  /** The path that is upgraded to a WebSocket; without it frames follow at once. */
  readonly path?: string
  /** Headers for so many connections. */
  headers(url: string, connections: number): Promise<readonly Readonly<Record<string, string>>[]>
  /** What is said first, when the socket is open; without it, and without `ready`, an open socket is ready. */
  readonly hello?: Uint8Array
  /** Whether this text says that the server is ready for messages. */
  ready?(text: string): boolean
  /** What is said to a text that is no message. */
  reply?(text: string): Uint8Array | undefined
  /** Whether a text that is no message says that something went wrong. */
  refuses(text: string): boolean
  /** How a message that was delivered begins. */
  readonly prefix: string
  /** What is sent, with holes for the message's number. 200 bytes, whatever the server. */
  readonly message: string
}

const bytesUp = 200

/** Fills the text of a message so that the whole frame has the size wanted. */
const sized = (before: string, after: string): string => {
  const start = `${before}${marker}${numberHole} `
  const words = 'what is said in a room full of people '.repeat(10)
  return `${start}${words.slice(0, bytesUp - start.length - after.length)}${after}`
}

const nobody = async (_url: string, connections: number): Promise<Readonly<Record<string, string>>[]> =>
  Array.from({ length: connections }, () => ({}))

const sendFields = `"id":"${timeHole}-7000-8000-00${mixedHole}","room":"general","text":`

const isError = (text: string): boolean => text.includes('"type":"error"')

const plain: Wire = {
  framing: webSocketFraming,
  path: '/ws',
  headers: nobody,
  refuses: isError,
  prefix: '{"action":"send"',
  message: sized(`{"action":"send",${sendFields}`, '"}'),
}

const [open, pong] = [textFrame('40'), textFrame('3')]

const socketIo: Wire = {
  framing: webSocketFraming,
  path: '/socket.io/?EIO=4&transport=websocket',
  headers: nobody,
  ready: (text) => text.startsWith('40'),
  reply: (text) => (text.startsWith('0') ? open : text === '2' ? pong : undefined),
  refuses: isError,
  prefix: '42["message"',
  message: sized(`42["message",{${sendFields}`, '"}]'),
}

const parley: Wire = {
  framing: webSocketFraming,
  path: '/ws',
  headers: async (url, connections) =>
    (await guestTokens(url, connections)).map((token) => ({ Authorization: `Bearer ${token}` })),
  hello: textFrame('{"action":"hello","v":1}'),
  ready: (text) => text.includes('"type":"welcome"'),
  refuses: isError,
  prefix: '{"type":"message"',
  message: plain.message,
}

/** A speaker is answered by its own message, which comes back to it as to all others, and so with MQTT of both qualities. */
const nats: Wire = {
  framing: natsFraming,
  headers: nobody,
  hello: natsHello,
  ready: (text) => text === 'PONG',
  reply: (text) => (text === 'PING' ? natsPong : undefined),
  refuses: (text) => text.startsWith('-ERR'),
  prefix: plain.prefix,
  message: plain.message,
}

const mqtt = (quality: Quality): Wire => ({
  framing: mqttFraming(quality),
  headers: nobody,
  hello: mqttHello(quality),
  ready: (text) => text === subscribed(quality),
  refuses: (text) => text !== opened && text !== subscribed(quality),
  prefix: plain.prefix,
  message: plain.message,
})

export const wires = { plain, 'socket.io': socketIo, parley, nats, 'mqtt 0': mqtt(0), 'mqtt 1': mqtt(1) } as const
export type WireName = keyof typeof wires
