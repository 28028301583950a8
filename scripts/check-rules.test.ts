import { expect, test } from 'vitest'
import { compare, quotedIn, rulesOf } from './check-rules.ts'

test('rules are the bold ids at the beginning of a line or bullet', () => {
  const page = '# A page\n\n**A1** one\n- **A12** two\nsee **B1** and **C**\n- text **D1** no\n'
  expect(rulesOf(page)).toEqual(['A1', 'A12'])
})

test('ids are quoted at the beginning of a string literal, several one after another', () => {
  const file = [
    "test('[A1] one', () => {})",
    'test.each(cases)(`[A2][B10] refuses %s`, () => {})',
    'describe(\n  "[C1] all of it", () => {})',
    "test('not at the beginning [D1] of it', () => {})",
    "test('[E1]without a blank', () => {})",
    'const list = [A1]',
  ].join('\n')
  expect(quotedIn(file)).toEqual(['A1', 'A2', 'B10', 'C1'])
})

test('comments and skipped tests do not quote', () => {
  const file = [
    "// test('[A1] one', () => {})",
    " * '[A2] two'",
    "test.skip('[A3] three', () => {})",
    "test.todo(\n  '[A4] four')",
  ].join('\n')
  expect(quotedIn(file)).toEqual([])
})

test('what does not match is listed in the order of letters and numbers', () => {
  expect(compare(['B1', 'A10', 'A2', 'C1', 'C1'], ['C1', 'Z1', 'C1'])).toEqual({
    untested: ['A2', 'A10', 'B1'],
    unknown: ['Z1'],
    doubled: ['C1'],
  })
  expect(compare(['A1'], ['A1'])).toEqual({ untested: [], unknown: [], doubled: [] })
})
