import { describe, expect, test } from 'vitest'
import { frameSplitter } from './frames.ts'

/** A frame as a server sends it. */
const frame = (opcode: number, payload: Buffer): Buffer => {
  const { length } = payload
  const head = length < 126 ? [length] : length < 65_536 ? [126, length >> 8, length & 255] : [127, 0, 0, 0, 0]
  const long = length < 65_536 ? [] : [24, 16, 8, 0].map((bits) => (length >> bits) & 255)
  return Buffer.concat([Buffer.from([0x80 | opcode, ...head, ...long]), payload])
}

const texts = ['', 'short', '한글'.repeat(60), 'x'.repeat(70_000)]
const closing = Buffer.from([0x11, 0x33])
const bytes = Buffer.concat([
  ...texts.map((text) => frame(1, Buffer.from(text))),
  frame(9, Buffer.alloc(3)),
  frame(8, closing),
])

describe('bytes of a server are taken apart into frames', () => {
  test.each([11, 1_000, bytes.length])('wherever they are cut: pieces of %i', (size) => {
    const split = frameSplitter()
    const frames = []
    for (let from = 0; from < bytes.length; from += size) frames.push(...split(bytes.subarray(from, from + size)))
    expect(frames.map(({ text }) => text)).toEqual([...texts, undefined, undefined])
    expect(frames.at(-1)?.closeCode).toBe(4403)
    expect(Buffer.concat(frames.map((one) => one.bytes)).equals(bytes)).toBe(true)
  })
})
