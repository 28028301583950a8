import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { eachMessage, numberReader } from './counting.ts'

const prefix = Buffer.from('{"type":"message"')
const message = (text: string): object => ({ type: 'message', room: 'general', rev: 1, message: { text } })
const count = (value: unknown): number => {
  const text = Buffer.from(JSON.stringify(value))
  // What was read before is still in the buffer behind the frame, and must not be counted.
  const bytes = Buffer.concat([Buffer.from('head'), text, Buffer.from(`,${JSON.stringify(message('stale'))}]`)])
  return eachMessage(bytes, 4, 4 + text.length, prefix)
}

describe('counting messages in a frame', () => {
  test('a frame that is one message is one', () => expect(count(message('hello'))).toBe(1))
  test('a frame of another type is none', () => expect(count({ type: 'presence', user: 'u', online: true })).toBe(0))
  test('a frame shorter than the prefix is none', () => expect(count({ a: 1 })).toBe(0))
  test('an empty array is none', () => expect(count([])).toBe(0))

  test('in an array only messages are counted, whatever their texts and sizes', () => {
    const part = fc.oneof(
      { weight: 4, arbitrary: fc.string({ maxLength: 30 }).map(message) },
      { weight: 1, arbitrary: fc.constant({ type: 'members', room: 'general' }) },
      { weight: 1, arbitrary: fc.constant(message('{"type":"message"},{"type":"message"')) },
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
        const messages = parts.filter((part: { readonly type?: string }) => part.type === 'message')
        expect(count(parts)).toBe(messages.length)
      }),
    )
  })
})

describe('numbers of messages', () => {
  test('are read wherever the text stands', () => {
    const numberAt = numberReader()
    const numbers = [1, 42, 9_999_999_999].map((number, index) => {
      const frame = Buffer.from(`{"rev":${10 ** index},"text":"@${String(number).padStart(10, '0')} and more"}`)
      return numberAt(frame, 0)
    })
    expect(numbers).toEqual([1, 42, 9_999_999_999])
  })
})
