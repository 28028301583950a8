import { numberDigits } from './framing.ts'

const openingBracket = 0x5b
const comma = 0x2c

const isAt = (bytes: Buffer, at: number, wanted: Buffer): boolean => {
  for (let i = 0; i < wanted.length; i++) if (bytes[at + i] !== wanted[i]) return false
  return true
}

/**
 * Calls `visit` with where each message begins in the text frame in `[start, end)`, and returns how many there are: none,
 * one, or, when the frame is an array, as many as begin with `prefix` in it. A prefix has a bare quote, which cannot stand
 * inside a JSON string. Messages of one run are almost all of one size, so the next is first looked for at the distance of
 * the last two.
 */
export const eachMessage = (
  bytes: Buffer,
  start: number,
  end: number,
  prefix: Buffer,
  visit?: (at: number) => void,
): number => {
  if (bytes[start] !== openingBracket) {
    if (end - start < prefix.length || !isAt(bytes, start, prefix)) return 0
    visit?.(start)
    return 1
  }
  let count = 0
  let stride = 0
  let at = start + 1
  if (!isAt(bytes, at, prefix)) at = bytes.indexOf(prefix, at)
  if (at < 0 || at >= end) return 0
  for (;;) {
    count++
    visit?.(at)
    let next = at + stride
    if (stride === 0 || next >= end || bytes[next - 1] !== comma || !isAt(bytes, next, prefix)) {
      const found = bytes.subarray(at + prefix.length, end).indexOf(prefix)
      if (found < 0) return count
      next = at + prefix.length + found
    }
    stride = next - at
    at = next
  }
}

/** What stands before a message's number in its text. */
export const marker = '"@'
const markerBytes = Buffer.from(marker)

/** Reads the number of the message that begins at a place. It stands where it stood in the one before, most times. */
export const numberReader = (): ((bytes: Buffer, at: number) => number) => {
  let distance = 0
  return (bytes, at) => {
    if (distance === 0 || !isAt(bytes, at + distance, markerBytes)) distance = bytes.indexOf(markerBytes, at) - at
    let number = 0
    const first = at + distance + markerBytes.length
    for (let place = first; place < first + numberDigits; place++)
      number = number * 10 + (bytes[place] as number) - 0x30
    return number
  }
}
