import { expect, test } from 'vitest'
import { advance } from './smooth.ts'

const frame = 1000 / 60

test('a text that came at once is shown within a second', () => {
  const text = 'x'.repeat(4_000)
  let shown = 0
  let frames = 0
  while (shown < text.length) {
    shown = advance(text, shown, frame)
    frames += 1
  }
  expect(frames).toBeGreaterThan(10)
  expect(frames).toBeLessThan(120)
})

test('it never goes back, never beyond the end, and follows a text that was cut', () => {
  expect(advance('abc', 3, frame)).toBe(3)
  expect(advance('abc', 9, frame)).toBe(3)
  expect(advance('abc', 1, 0)).toBe(1)
})

test('a pair of surrogates is not split', () => {
  const text = '👋👋👋👋'
  let shown = 0
  while (shown < text.length) {
    shown = advance(text, shown, frame)
    expect(text.slice(0, Math.floor(shown)).isWellFormed()).toBe(true)
  }
})
