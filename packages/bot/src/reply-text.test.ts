import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { replyText } from './reply-text.ts'
import { anyText } from './testing/any-text.ts'

const gathered = (pieces: readonly string[], maxUnits: number) => {
  const reply = replyText(maxUnits)
  const given = pieces.map((piece) => reply.add(piece))
  return { text: [...given, reply.rest()].join(''), given, isFull: reply.isFull, isBlank: reply.isBlank }
}

describe('what a model says', () => {
  test('however it is cut into pieces is a well-formed beginning of the same text', () => {
    fc.assert(
      fc.property(fc.array(anyText), fc.array(fc.nat(6)), fc.nat(40), (texts, cuts, max) => {
        const whole = texts.join('')
        const pieces: string[] = []
        let at = 0
        for (const length of [...cuts, whole.length]) {
          pieces.push(whole.slice(at, at + length))
          at += length
        }
        const { text, given } = gathered(pieces, max)
        const clean = whole.toWellFormed().replace(/[^\P{Cc}\n\t]/gu, '')
        expect(clean.startsWith(text)).toBe(true)
        expect(text.length).toBeLessThanOrEqual(max)
        expect(clean.length - text.length <= 0 || text.length >= max - 1).toBe(true)
        for (const piece of given) expect(piece.isWellFormed()).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  test('is full only once something did not fit', () => {
    expect(gathered(['abc'], 3)).toMatchObject({ text: 'abc', isFull: false })
    expect(gathered(['abc', 'd', 'e'], 3)).toMatchObject({ text: 'abc', isFull: true })
  })

  test('is blank until there is something to see', () => {
    expect(gathered([' \n', '\t'], 9).isBlank).toBe(true)
    expect(gathered([' \n', 'a', ' '], 9).isBlank).toBe(false)
  })

  test('loses what may not stand in a message', () => {
    expect(gathered(['a\r\nb\u0000c\u001b[1m'], 99).text).toBe('a\nbc[1m')
  })
})
