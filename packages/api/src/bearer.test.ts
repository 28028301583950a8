import { expect, test } from 'vitest'
import { bearerToken } from './bearer.ts'

test.each([
  ['Bearer abc.def-_~+/x==', 'abc.def-_~+/x=='],
  ['bearer abc', 'abc'],
  ['BEARER   abc', 'abc'],
  ['Bearer ', undefined],
  ['Bearer', undefined],
  ['Bearer a b', undefined],
  ['Bearer a,Bearer b', undefined],
  ['Bearer \u00e4', undefined],
  ['Basic abc', undefined],
  ['xBearer abc', undefined],
  ['abc', undefined],
  ['', undefined],
  [undefined, undefined],
])('[H4] of %j the token is %j', (header, token) => {
  expect(bearerToken(header)).toBe(token)
})
