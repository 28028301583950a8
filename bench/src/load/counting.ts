import { numberDigits } from './numbers.ts'

const openingBracket = 0x5b

const isAt = (bytes: Buffer, at: number, wanted: Buffer): boolean => {
  for (let i = 0; i < wanted.length; i++) if (bytes[at + i] !== wanted[i]) return false
  return true
}

/**
 * Calls `visit` with where each message begins in the text frame in `[start, end)`, and returns how many there are: none,
 * one, or, when the frame is an array, as many as begin with `prefix` in it. A prefix has a bare quote, which cannot stand
 * inside a JSON string.
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
  const frame = bytes.subarray(start, end)
  let count = 0
  for (let at = frame.indexOf(prefix); at >= 0; at = frame.indexOf(prefix, at + prefix.length)) {
    count++
    visit?.(start + at)
  }
  return count
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
