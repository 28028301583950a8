import { once } from 'node:events'
import { type Down, type DownType, downFrames, limits } from '@parley/protocol'
import { WebSocket } from 'ws'
import { exactly } from './exactly.ts'
import { behindGateway, gatewayError, isUnnamed } from './gateway.ts'
import { type Closing, type Inbox, inbox } from './inbox.ts'

/** An upgrade that was answered by a status instead of a socket. */
export class HandshakeRefused extends Error {
  readonly status: number
  readonly body: string
  constructor(status: number, body: string) {
    super(`the handshake was answered ${status}: ${body}`)
    this.status = status
    this.body = body
  }
}

export interface SocketOptions {
  /** The path and query; `/ws` when left out. */
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  /** False: it leaves pings unanswered, as a connection whose other end has vanished. */
  readonly pongs?: boolean
  /** True: answers may have a `ref` that it did not choose. */
  readonly anyRef?: boolean
}

/** A frame to send: whatever the test likes. */
export type UpFrame = { readonly action: string; readonly [field: string]: unknown }

/** A client that knows nothing but the wire. What it is told must be valid, else its next wait fails. */
export interface RawClient extends Inbox {
  /** Sends a frame with its `ref`, or with a new one, and waits for the answer of this type. */
  ask<T extends DownType>(type: T, frame: UpFrame): Promise<Down<T>>
  /** The same for a refusal. */
  refusal(frame: UpFrame): Promise<Down<'error'>>
  /** Sends a frame as it is, without a `ref` unless it has one. */
  tell(frame: object): void
  /** Sends a text message, or bytes as a binary one. */
  send(data: string | Uint8Array): void
  /** Sends a pong that no ping has asked for. */
  pong(): void
  /** Resolves with the next ping that comes. */
  pinged(): Promise<void>
  readonly closed: Promise<Closing>
  /** Stops and goes on reading what comes over the network. */
  pause(): void
  resume(): void
  close(): Promise<Closing>
  /** Ends the connection without a word. */
  vanish(): void
}

const types = downFrames as Readonly<Record<string, (typeof downFrames)[DownType]>>

const readFrames = (bytes: number, text: string): readonly Down[] => {
  if (bytes > limits.downBytes) throw new Error(`a frame of ${bytes} bytes came`)
  const value: unknown = JSON.parse(text)
  const frames = Array.isArray(value) ? value : [value]
  if (frames.length === 0) throw new Error('an empty array came')
  return frames.map((frame) => {
    const refused = gatewayError(frame)
    if (refused) return refused
    const schema = types[frame?.type]
    if (!schema) throw new Error(`a frame of no known type came: ${text.slice(0, 600)}`)
    return exactly(schema, frame, `the frame ${frame.type}`) as Down
  })
}

const clientOf = (socket: WebSocket, anyRef: boolean): RawClient => {
  const box = inbox(anyRef)
  /** The code of `bye`. */
  let said: number | undefined
  let asked = 0
  const closed = new Promise<Closing>((resolve) => {
    socket.on('close', (code, reason) => {
      const closing = { code: (behindGateway() && said) || code, reason: reason.toString() }
      box.end(closing)
      resolve(closing)
    })
  })
  socket.on('error', () => {})
  socket.on('message', (data: Buffer, binary: boolean) => {
    try {
      if (binary) throw new Error('a binary message came')
      for (const frame of readFrames(data.length, data.toString())) {
        if (frame.type === 'bye') said = frame.code
        if (frame.type === 'error' && isUnnamed(frame)) box.blame(frame)
        else box.put(frame)
      }
    } catch (error) {
      box.fail(error as Error)
    }
  })
  const question = (frame: UpFrame): Promise<Down> => {
    asked += 1
    const ref = typeof frame.ref === 'string' ? frame.ref : `q${asked}`
    const answer = box.answer(ref, JSON.stringify(frame).slice(0, 200))
    socket.send(JSON.stringify({ ...frame, ref }))
    return answer
  }
  const wanted = async <T extends DownType>(type: T, frame: UpFrame): Promise<Down<T>> => {
    const answer = await question(frame)
    if (answer.type === type) return answer as Down<T>
    throw new Error(`${JSON.stringify(frame).slice(0, 300)} was answered ${JSON.stringify(answer).slice(0, 300)}`)
  }
  return {
    ...box,
    ask: wanted,
    refusal: (frame) => wanted('error', frame),
    tell: (frame) => socket.send(JSON.stringify(frame)),
    send: (data) => socket.send(data, { binary: typeof data !== 'string' }),
    pong: () => socket.pong(),
    pinged: async () => void (await once(socket, 'ping')),
    closed,
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    close: () => {
      socket.close()
      return closed
    },
    vanish: () => socket.terminate(),
  }
}

/**
 * Opens a socket; says nothing on it.
 * @throws {HandshakeRefused} when the upgrade is answered by a status
 */
export const openSocket = (
  base: string,
  { path = '/ws', headers = {}, pongs = true, anyRef = false }: SocketOptions = {},
): Promise<RawClient> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`${base.replace(/^http/, 'ws')}${path}`, {
      headers,
      autoPong: pongs,
      perMessageDeflate: false,
      handshakeTimeout: 15_000,
    })
    const client = clientOf(socket, anyRef)
    socket.on('unexpected-response', (_request, response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        socket.terminate()
        reject(new HandshakeRefused(response.statusCode ?? 0, Buffer.concat(chunks).toString()))
      })
    })
    socket.on('error', reject)
    socket.on('open', () => resolve(client))
  })
