import { connect, type Socket } from 'node:net'
import { payloadSize, payloadStart, pongFrame, textFrame, upgradeRequest } from './framing.ts'
import type { Wire } from './wires.ts'

/** What a connection does with the text frames it is sent. `bytes` are only good during the call. */
export type OnText = (bytes: Buffer, start: number, end: number) => void

export interface Connection {
  send(bytes: Uint8Array): void
  /** Who takes the text frames from now on. */
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

/** Takes the whole frames out of a stream; what is left of the last one waits for the next piece. */
const frameReader = (connection: Connection): ((size: number, piece: Buffer) => void) => {
  let kept: Buffer | undefined
  return (size, piece) => {
    connection.bytesRead += size
    const bytes = kept ? Buffer.concat([kept, piece.subarray(0, size)]) : piece
    const filled = kept ? bytes.length : size
    let at = 0
    for (;;) {
      const start = payloadStart(bytes, at, filled)
      if (start === undefined) break
      const end = start + payloadSize(bytes, at)
      if (end > filled) break
      const opcode = (bytes[at] as number) & 15
      if (opcode === 1) connection.onText(bytes, start, end)
      else if (opcode === 9) connection.send(pongFrame(bytes.subarray(start, end)))
      at = end
    }
    kept = at < filled ? Buffer.from(bytes.subarray(at, filled)) : undefined
    connection.onPiece?.()
  }
}

/** Speaks what a wire wants said before messages may come; resolves when the server is ready for this connection. */
const greeted = (connection: Connection, wire: Wire): Promise<void> =>
  new Promise((resolve, reject) => {
    if (wire.hello) connection.send(textFrame(wire.hello))
    if (!wire.ready) return resolve()
    connection.onText = (bytes, start, end) => {
      const text = bytes.toString('utf8', start, end)
      const reply = wire.reply?.(text)
      if (reply) connection.send(textFrame(reply))
      else if (wire.ready?.(text)) resolve()
      else if (text.includes('"type":"error"')) reject(new Error(`refused: ${text.slice(0, 300)}`))
    }
  })

interface Stream {
  readonly socket: Socket
  /** Takes what is read into the shared buffer. */
  take: (size: number, bytes: Buffer) => void
  /** Whether to go on reading without being told. */
  goesOn: () => boolean
}

const upgraded = (url: URL, request: string, lost: (error: Error) => void): Promise<Stream> =>
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
    socket.on('connect', () => socket.write(request))
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
  const stream = await upgraded(url, upgradeRequest(url.host, wire.path, headers), (error) => {
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
  stream.take = frameReader(connection)
  stream.goesOn = () => !connection.lazy
  await greeted(connection, wire)
  return connection
}
