import { expect, test } from 'vitest'
import { joinFrames } from './join-frames.ts'

test.each([
  [[], []],
  [['{"a":1}'], ['{"a":1}']],
  [['{"a":1}', '{"b":2}'], ['[{"a":1},{"b":2}]']],
  [['[{"a":1},{"b":2}]', '{"c":3}'], ['[{"a":1},{"b":2},{"c":3}]']],
  [['[{"a":1},{"b":2}]'], ['[{"a":1},{"b":2}]']],
])('%j are %j', (frames, joined) => {
  expect(joinFrames(frames, 1000)).toEqual(joined)
})

test('no more are joined than fit, in bytes', () => {
  const frame = JSON.stringify({ text: 'ü'.repeat(20) })
  const joined = joinFrames(
    Array.from({ length: 7 }, () => frame),
    3 * (Buffer.byteLength(frame) + 1) + 2,
  )
  expect(joined.map((text) => [JSON.parse(text)].flat().length)).toEqual([3, 3, 1])
  for (const text of joined) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(3 * (Buffer.byteLength(frame) + 1) + 2)
})
