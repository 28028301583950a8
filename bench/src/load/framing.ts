import type { Connection } from './connection.ts'

/** How frames lie in the stream of a protocol. */
export interface Framing {
  /**
   * Gives every whole frame in the first `filled` bytes to the connection, payload by payload, and sends what the protocol
   * itself owes for them. Returns where the first frame begins that is not all there.
   */
  take(bytes: Buffer, filled: number, connection: Connection): number
  /** Whole frames up that carry this text, with a number in its holes. */
  numbered(text: string): (number: number) => Buffer
}

/** Takes the whole frames out of a stream; what is left of the last one waits for the next piece. */
export const frameReader = (framing: Framing, connection: Connection): ((size: number, piece: Buffer) => void) => {
  let kept: Buffer | undefined
  return (size, piece) => {
    connection.bytesRead += size
    const bytes = kept ? Buffer.concat([kept, piece.subarray(0, size)]) : piece
    const filled = kept ? bytes.length : size
    const at = framing.take(bytes, filled, connection)
    kept = at < filled ? Buffer.from(bytes.subarray(at, filled)) : undefined
    connection.onPiece?.()
  }
}
