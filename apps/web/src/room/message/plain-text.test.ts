import { expect, test } from 'vitest'
import { isLong } from './long.ts'
import { plainText } from './plain-text.ts'

test.each([
  ['**Hello** *all of* `you`', 'Hello all of you'],
  ['# Title\n\nand text', 'Title and text'],
  ['```js\nlet a\n```', 'let a'],
  ['see [the page](https://a.example) now', 'see the page now'],
  ['- one\n- two', 'one two'],
  ['2 * 3 = 6', '2 * 3 = 6'],
])('%j in one line is %j', (text, plain) => {
  expect(plainText(text)).toBe(plain)
})

test('a text is long by its lines, those that are broken included', () => {
  expect(isLong('short\n'.repeat(20))).toBe(false)
  expect(isLong('line\n'.repeat(60))).toBe(true)
  expect(isLong('word '.repeat(900))).toBe(true)
})
