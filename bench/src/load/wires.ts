import { marker } from './counting.ts'
import { mixedHole, numberHole, timeHole } from './framing.ts'
import { guestTokens } from './guests.ts'

/** How the clients of one kind of server speak: what is the same for all connections of a run. */
export interface Wire {
  /** The path that is upgraded. */
  readonly path: string
  /** Headers for so many connections. */
  headers(url: string, connections: number): Promise<readonly Readonly<Record<string, string>>[]>
  /** What is said first, when the socket is open; without it, and without `ready`, an open socket is ready. */
  readonly hello?: string
  /** Whether this text says that the server is ready for messages. */
  ready?(text: string): boolean
  /** What is said to a text that is no message. */
  reply?(text: string): string | undefined
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

const plain: Wire = {
  path: '/ws',
  headers: nobody,
  prefix: '{"action":"send"',
  message: sized(`{"action":"send",${sendFields}`, '"}'),
}

const socketIo: Wire = {
  path: '/socket.io/?EIO=4&transport=websocket',
  headers: nobody,
  ready: (text) => text.startsWith('40'),
  reply: (text) => (text.startsWith('0') ? '40' : text === '2' ? '3' : undefined),
  prefix: '42["message"',
  message: sized(`42["message",{${sendFields}`, '"}]'),
}

const parley: Wire = {
  path: '/ws',
  headers: async (url, connections) =>
    (await guestTokens(url, connections)).map((token) => ({ Authorization: `Bearer ${token}` })),
  hello: '{"action":"hello","v":1}',
  ready: (text) => text.includes('"type":"welcome"'),
  prefix: '{"type":"message"',
  message: plain.message,
}

export const wires = { plain, 'socket.io': socketIo, parley } as const
export type WireName = keyof typeof wires
