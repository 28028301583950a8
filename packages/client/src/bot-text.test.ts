import { expect, test } from 'vitest'
import { createBotText, wholeUpTo } from './bot-text.ts'

test('a character that comes in two halves is whole before it is said', () => {
  const said = createBotText()
  said.add('a👋'.slice(0, 2))
  expect(said.value).toBe('a')
  said.add('👋b'.slice(1))
  expect(said.value).toBe('a👋b')
})

test('what the wire does not take is left out', () => {
  const said = createBotText()
  said.add('one\r\ntwo\u0007\tthree \uDC00.')
  expect(said.value).toBe('one\ntwo\tthree \uFFFD.')
})

test('a bot says no more than it may, and parts no character', () => {
  const said = createBotText()
  said.add(`${'x'.repeat(29_999)}`)
  said.add('y')
  expect(said.isFull).toBe(false)
  said.add('z')
  expect([said.value.length, said.isFull]).toEqual([30_000, true])
  const parted = createBotText()
  parted.add(`${'x'.repeat(29_999)}👋`)
  expect([parted.value.length, parted.isFull]).toEqual([29_999, true])
})

test.each([
  [0, 0],
  [1, 1],
  [2, 1],
  [3, 3],
  [9, 4],
])('of a👋b the part up to %i ends at %i', (end, whole) => {
  expect(wholeUpTo('a👋b', end)).toBe(whole)
})
