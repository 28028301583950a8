/** Digits of a message's number: enough for one run, and fixed, so that every message has the same size. */
export const numberDigits = 10
/** Where the number goes in the text of a frame. */
export const numberHole = '0'.repeat(numberDigits)
/** Where the number goes with its digits mixed: ids of one millisecond come in no order, and stores feel that. */
export const mixedHole = '9'.repeat(numberDigits)
/** Where the time goes, as ids have it that Parley's clients make: milliseconds in hexadecimal. */
export const timeHole = '77777777-7777'

const half = 100_000

/** Another number of ten digits for each: consecutive ones are far apart. */
export const mixed = (number: number): number => ((number * 73_939) % half) * half + (Math.floor(number / half) % half)

const places = (text: string, hole: string): readonly number[] =>
  [...text.matchAll(new RegExp(hole, 'g'))].map(({ index }) => index)

const asItIs = (byte: number): number => byte

const digitsOf = (number: number): string => String(number).padStart(numberDigits, '0')

const timeNow = (): string => {
  const digits = Date.now().toString(16).padStart(12, '0')
  return `${digits.slice(0, 8)}-${digits.slice(8)}`
}

/**
 * Copies of a frame that differ in their number and time only, which are put into every hole of its text. `template` is
 * the frame, `textAt` where its text begins in it, `coded` what a byte of the text is on the stream, by its place in the text.
 */
export const numberedCopies = (
  template: Buffer,
  textAt: number,
  text: string,
  coded: (byte: number, place: number) => number = asItIs,
): ((number: number) => Buffer) => {
  const plain = places(text, numberHole)
  const mixing = places(text, mixedHole)
  const timing = places(text, timeHole)
  const write = (bytes: Buffer, place: number, digits: string): void => {
    for (let i = 0; i < digits.length; i++) bytes[textAt + place + i] = coded(digits.charCodeAt(i), place + i)
  }
  return (number) => {
    const bytes = Buffer.from(template)
    for (const place of plain) write(bytes, place, digitsOf(number))
    for (const place of mixing) write(bytes, place, digitsOf(mixed(number)))
    for (const place of timing) write(bytes, place, timeNow())
    return bytes
  }
}
