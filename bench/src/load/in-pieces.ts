import type { Connection } from './connection.ts'
import { type Framing, frameReader } from './framing.ts'

/** For tests: the texts a stream is taken for that comes in pieces of one size, and what is sent for them. */
export const inPieces = (framing: Framing, stream: Buffer, size: number): { texts: string[]; sent: Buffer } => {
  const texts: string[] = []
  const sent: Uint8Array[] = []
  const connection: Connection = {
    send: (bytes) => void sent.push(bytes),
    onText: (bytes, start, end) => void texts.push(bytes.toString('utf8', start, end)),
    onPiece: undefined,
    lazy: false,
    bytesRead: 0,
    read: () => undefined,
    end: () => undefined,
  }
  const read = frameReader(framing, connection)
  // What was read before is still in the buffer behind a piece, and must not be taken.
  const shared = Buffer.alloc(size + 64, 'MSG general 1 1\r\n')
  for (let at = 0; at < stream.length; at += size) {
    const filled = stream.copy(shared, 0, at, at + size)
    read(filled, shared)
  }
  return { texts, sent: Buffer.concat(sent) }
}
