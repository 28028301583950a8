import { connect, type Socket } from 'node:net'
import { frameReader } from './framing.ts'
import { upgradeRequest } from './websocket.ts'
import type { Wire } from './wires.ts'

/** What a connection does with the texts it is sent, each a frame. `bytes` are only good during the call. */
export type OnText = (bytes: Buffer, start: number, end: number) => void

export interface Connection {
  send(bytes: Uint8Array): void
  /** Who takes the texts from now on. */
  onText: OnText
  /** Called after each piece of the stream, when all frames in it have been taken. */
  onPiece: (() => void) | undefined
  /** An idle reader stops after each piece until it is told to `read` again. */
  lazy: boolean
  /** Bytes read so far. */
  bytesRead: number
  read(): void
  end(): void
}

/** All sockets read into one buffer: a piece of the stream is taken before the next is read. */
const shared = Buffer.allocUnsafeSlow(256 * 1024)
const endOfHead = '\r\n\r\n'

/** Speaks what a wire wants said before messages may come; resolves when the server is ready for this connection. */
const greeted = (connection: Connection, wire: Wire): Promise<void> =>
  new Promise((resolve, reject) => {
    if (wire.hello) connection.send(wire.hello)
    if (!wire.ready) return resolve()
    connection.onText = (bytes, start, end) => {
      const text = bytes.toString('utf8', start, end)
      const reply = wire.reply?.(text)
      if (reply) connection.send(reply)
      else if (wire.ready?.(text)) resolve()
      else if (wire.refuses(text)) reject(new Error(`refused: ${text.slice(0, 300)}`))
    }
  })

interface Stream {
  readonly socket: Socket
  /** Takes what is read into the shared buffer. */
  take: (size: number, bytes: Buffer) => void
  /** Whether to go on reading without being told. */
  goesOn: () => boolean
}

/** Connects; with a request, waits for the upgrade that it asks for. */
const connected = (url: URL, request: string | undefined, lost: (error: Error) => void): Promise<Stream> =>
  new Promise((resolve, reject) => {
    let head = ''
    const fail = (error: Error): void => {
      reject(error)
      lost(error)
    }
    const readHead = (size: number, bytes: Buffer): void => {
      head += bytes.toString('latin1', 0, size)
      const end = head.indexOf(endOfHead)
      if (end < 0) return
      if (!head.startsWith('HTTP/1.1 101')) {
        fail(new Error(`not upgraded: ${head.slice(0, 200)}`))
        return
      }
      const rest = Buffer.from(head.slice(end + endOfHead.length), 'latin1')
      resolve(stream)
      // Frames may come with the head; who takes them is only settled when the promise has been heard.
      if (rest.length > 0) setImmediate(() => stream.take(rest.length, rest))
    }
    const socket = connect({
      host: url.hostname,
      port: Number(url.port),
      noDelay: true,
      onread: {
        buffer: shared,
        callback: (size) => {
          stream.take(size, shared)
          return stream.goesOn()
        },
      },
    })
    const stream: Stream = { socket, take: readHead, goesOn: () => true }
    socket.on('connect', () => {
      if (request) socket.write(request)
      else resolve(stream)
    })
    socket.on('error', fail)
    socket.on('close', () => fail(new Error('the server closed a connection')))
  })

const ignore: OnText = () => undefined

/**
 * Opens a socket and greets. `lost` hears of an end that was not asked for, at any time later.
 */
export const openConnection = async (
  base: string,
  wire: Wire,
  headers: Readonly<Record<string, string>>,
  lost: (error: Error) => void,
): Promise<Connection> => {
  const url = new URL(base)
  let over = false
  const request = wire.path && upgradeRequest(url.host, wire.path, headers)
  const stream = await connected(url, request, (error) => {
    if (!over) lost(error)
  })
  const { socket } = stream
  const connection: Connection = {
    send: (bytes) => void socket.write(bytes),
    onText: ignore,
    onPiece: undefined,
    lazy: false,
    bytesRead: 0,
    read: () => void socket.resume(),
    end: () => {
      over = true
      socket.destroy()
    },
  }
  stream.take = frameReader(wire.framing, connection)
  stream.goesOn = () => !connection.lazy
  await greeted(connection, wire)
  return connection
}
