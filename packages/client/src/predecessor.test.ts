import fc from 'fast-check'
import { expect, test } from 'vitest'
import { idBefore } from './predecessor.ts'

const id = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,63}$/)
const valid = /^[a-z0-9][a-z0-9._-]{0,63}$/

test('is a valid id below, with nothing between', () => {
  fc.assert(
    fc.property(id, id, (one, other) => {
      const before = idBefore(one)
      if (before === undefined) return one === '0'
      return valid.test(before) && before < one && (other <= before || other >= one)
    }),
    { numRuns: 2_000 },
  )
})

test.each([
  ['0', undefined],
  ['a', `9${'z'.repeat(63)}`],
  ['a-', 'a'],
  ['a.', `a-${'z'.repeat(62)}`],
  ['den', `dem${'z'.repeat(61)}`],
])('before %s is %s', (one, before) => {
  expect(idBefore(one)).toBe(before)
})
