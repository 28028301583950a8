import { BadLine } from './bad-line.ts'

/** A line is longer than any that an export has: the longest text, all reactions and a bag fit ten times. */
const lineBytesMax = 4 * 1024 * 1024
const newline = 0x0a

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const decoded = (bytes: Uint8Array, line: number): string => {
  try {
    return decoder.decode(bytes)
  } catch {
    throw new BadLine(line, 'is not UTF-8')
  }
}

/**
 * The lines of a file that comes in pieces, without their newlines. Holds one line at a time.
 * @throws {BadLine} where a line is too long, or not UTF-8
 */
export async function* splitLines(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, undefined> {
  let begun: Uint8Array[] = []
  let length = 0
  let line = 1
  const add = (bytes: Uint8Array): void => {
    length += bytes.length
    if (length > lineBytesMax) throw new BadLine(line, `is longer than ${lineBytesMax} bytes`)
    begun.push(bytes)
  }
  const take = (): string => {
    const text = decoded(begun.length === 1 ? (begun[0] as Uint8Array) : Buffer.concat(begun), line)
    begun = []
    length = 0
    line += 1
    return text
  }
  for await (const piece of pieces) {
    let start = 0
    for (let end = piece.indexOf(newline); end !== -1; end = piece.indexOf(newline, start)) {
      add(piece.subarray(start, end))
      yield take()
      start = end + 1
    }
    if (start < piece.length) add(piece.subarray(start))
  }
  if (length > 0) yield take()
}
