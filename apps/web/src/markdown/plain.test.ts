import { expect, test } from 'vitest'
import { isPlain } from './plain.ts'

test.each(['Good morning. The oven is free!', '안녕하세요', "It's 14:00 - or later (perhaps)", 'ein Satz, 5 % mehr'])(
  '%s is plain',
  (text) => {
    expect(isPlain(text)).toBe(true)
  },
)

test.each([
  '**bold**',
  '- item',
  '1. one',
  'two\nlines',
  'see https://a.example',
  'at a@b.example',
  '@Ana',
  '> quote',
  '    code',
  'a & b',
  '[x]',
  '---',
])('%j is not', (text) => {
  expect(isPlain(text)).toBe(false)
})
