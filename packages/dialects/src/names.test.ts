import { Name } from '@parley/protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anonymous, nameOf } from './names.ts'

test.each([
  ['Bob', 'Bob'],
  ['  Ana Maria ', 'Ana Maria'],
  ['#host', 'host'],
  ['＃＠ host', 'host'],
  ['a\u0000b\u202ec', 'abc'],
  ['x'.repeat(60), 'x'.repeat(40)],
  ['', undefined],
  ['#', undefined],
  [' \u200b ', undefined],
  [7, undefined],
  [undefined, undefined],
])('%j is called %j', (wished, name) => {
  expect(nameOf(wished)).toBe(name)
})

test('whatever is wished, a name is one that may be had', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (wished) => {
      const name = nameOf(wished)
      if (name !== undefined) expect(Name.parse(name)).toBe(name)
    }),
  )
})

test('one that nobody chose has six letters or digits', () => {
  expect(anonymous()).toMatch(/^Anonymous-[A-Z0-9]{6}$/)
})
