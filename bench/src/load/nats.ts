import type { Framing } from './framing.ts'
import { numberedCopies } from './numbers.ts'

const subject = 'general'
const lineFeed = 0x0a
const space = 0x20
const lineEnd = 2
/** `M`: of all a server says, only messages begin with it. */
const messageMark = 0x4d

/** The number that ends a line, whose last digit is at `last`. */
const sizeBefore = (bytes: Uint8Array, last: number): number => {
  let size = 0
  let worth = 1
  for (let at = last; bytes[at] !== space; at--) {
    size += worth * ((bytes[at] as number) - 0x30)
    worth *= 10
  }
  return size
}

/** Asks for all that is said under the subject, and for a `PONG` when that is understood. */
export const natsHello = Buffer.from(`CONNECT {"verbose":false,"pedantic":false}\r\nSUB ${subject} 1\r\nPING\r\n`)
export const natsPong = Buffer.from('PONG\r\n')

/** The text protocol of NATS: payloads of messages, and all else line by line. */
export const natsFraming: Framing = {
  take: (bytes, filled, connection) => {
    let at = 0
    for (;;) {
      const lineAt = bytes.indexOf(lineFeed, at)
      if (lineAt < 0 || lineAt >= filled) return at
      const start = lineAt + 1
      if (bytes[at] !== messageMark) {
        connection.onText(bytes, at, start - lineEnd)
        at = start
        continue
      }
      const end = start + sizeBefore(bytes, lineAt - lineEnd)
      if (end + lineEnd > filled) return at
      connection.onText(bytes, start, end)
      at = end + lineEnd
    }
  },
  numbered: (text) => {
    const head = `PUB ${subject} ${Buffer.byteLength(text)}\r\n`
    return numberedCopies(Buffer.from(`${head}${text}\r\n`), head.length, text)
  },
}
