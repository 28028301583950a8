import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { columnsOf, cut, fit, wrap } from './columns.ts'
import { harmless } from './harmless.ts'

/** Texts of narrow, wide and joined characters. */
const text = fc
  .array(fc.constantFrom('a', 'word', ' ', '  ', '좋아요', '日本語', '👀', '👨‍👩‍👧', 'é', 'e\u0301', '🇰🇷', '…', '-'), {
    maxLength: 40,
  })
  .map((parts) => parts.join(''))

describe('columns', () => {
  test.each([
    ['', 0],
    ['abc', 3],
    ['좋아요', 6],
    ['👨‍👩‍👧', 2],
    ['e\u0301', 1],
    ['a\u200bb', 2],
  ])('of %j are %i', (written, columns) => expect(columnsOf(written)).toBe(columns))

  test('of a fitted text are exactly as many as asked for', () => {
    fc.assert(
      fc.property(text, fc.nat({ max: 30 }), (written, columns) => {
        const fitted = fit(written, columns)
        expect(columnsOf(fitted)).toBe(columns)
      }),
    )
  })

  test('of a cut text are never more, and the cut is shown', () => {
    expect(cut('abcdef', 4)).toBe('abc…')
    expect(cut('좋아요', 5)).toBe('좋아…')
    expect(cut('좋아요', 4)).toBe('좋…')
    expect(cut('abc', 3)).toBe('abc')
    expect(cut('abc', 0)).toBe('')
  })
})

describe('wrapping', () => {
  test('breaks between words', () => {
    expect(wrap('the quick brown fox', 10)).toEqual(['the quick', 'brown fox'])
    expect(wrap('오늘 오후에 회의가 있어요', 12)).toEqual(['오늘 오후에', '회의가', '있어요'])
  })

  test('breaks where scripts without blanks have their words', () => {
    expect(wrap('今日は天気がいいですね', 10).every((row) => columnsOf(row) <= 10)).toBe(true)
    expect(wrap('今日は天気がいいですね', 10).join('')).toBe('今日は天気がいいですね')
  })

  test('breaks what is longer than a line anywhere', () => {
    expect(wrap('aaaaaaaaaaaa', 5)).toEqual(['aaaaa', 'aaaaa', 'aa'])
    expect(wrap('to aaaaaaaaa', 5)).toEqual(['to aa', 'aaaaa', 'aa'])
  })

  test('keeps lines and their indentation', () => {
    expect(wrap('if (a) {\n  b()\n\n}', 20)).toEqual(['if (a) {', '  b()', '', '}'])
  })

  test('never makes a row too wide, and loses nothing but blanks', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 30 }), (written, columns) => {
        const rows = wrap(written, columns)
        expect(rows.filter((row) => columnsOf(row) > columns)).toEqual([])
        expect(rows.join('').replaceAll(' ', '')).toBe(written.replaceAll(' ', ''))
      }),
    )
  })
})

test('what others write cannot move the cursor or turn the line', () => {
  expect(harmless('a\x1b[2Jb\x07\r\u202Ec\td\ne\u2028\x9b1m')).toBe('a[2Jbc    d\ne1m')
})
