import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyText } from './testing/any-text.ts'
import { beginningOf, estimateRequest, estimateTokens } from './tokens.ts'

/** Counts of OpenAI's encoding cl100k_base, as they stand in its cookbook and in the output of programs that use it. */
const counted: readonly (readonly [string, number])[] = [
  ['hello world', 2],
  ['tiktoken is great!', 6],
  ['antidisestablishmentarianism', 6],
  ['2 + 2 = 4', 7],
  ['お誕生日おめでとう', 9],
  ['👋 Hello, this is an example. 你好，这是一个例子。😁', 22],
]

describe('the estimate of tokens', () => {
  test.each(counted)('of %j is never under half of the count, %i', (text, count) => {
    expect(estimateTokens(text)).toBeGreaterThanOrEqual(count / 2)
    expect(estimateTokens(text)).toBeLessThanOrEqual(count * 3)
  })

  test('does not fall when a text grows', () => {
    fc.assert(
      fc.property(anyText, anyText, (text, more) => {
        expect(estimateTokens(text + more)).toBeGreaterThanOrEqual(estimateTokens(text))
      }),
    )
  })

  test('of plain English is a fourth of its length, of nothing nothing', () => {
    expect(estimateTokens('the quick brown fox ')).toBe(5)
    expect(estimateTokens('')).toBe(0)
  })

  test('of a request counts its messages too', () => {
    const message = { role: 'user', text: 'four' } as const
    expect(estimateRequest({ messages: [message, message], parameters: {} })).toBe(10)
  })
})

test('a beginning fits, is the longest that does, and splits no pair', () => {
  fc.assert(
    fc.property(anyText, fc.nat(20), (text, tokens) => {
      const beginning = beginningOf(text, tokens)
      expect(text.startsWith(beginning)).toBe(true)
      if (text.isWellFormed()) expect(beginning.isWellFormed()).toBe(true)
      expect(estimateTokens(beginning)).toBeLessThanOrEqual(tokens)
      const [next] = text.slice(beginning.length)
      if (next)
        expect(
          estimateTokens(beginning + String.fromCodePoint(text.codePointAt(beginning.length) ?? 0)),
        ).toBeGreaterThan(tokens)
    }),
  )
})
