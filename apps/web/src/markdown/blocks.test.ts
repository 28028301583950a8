import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hasFence, settle, splitBlocks } from './blocks.ts'

test('paragraphs are parts, and so are tables and code', () => {
  const text = 'One.\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n```ts\nlet a\n\nlet b\n```\n\nEnd.'
  expect(splitBlocks(text).map((part) => part.trim().split('\n')[0])).toEqual(['One.', '| a | b |', '```ts', 'End.'])
})

test('code that is not closed yet goes to the end', () => {
  expect(splitBlocks('Look:\n\n```js\nconst a = 1\n\nconst b = 2')).toEqual([
    'Look:\n',
    '```js\nconst a = 1\n\nconst b = 2',
  ])
})

test('a list stays together over blank lines, with what is indented under it', () => {
  const list = '1. one\n\n2. two\n\n   more of two\n\n3. three'
  expect(splitBlocks(`${list}\n\nAfter`)).toEqual([`${list}\n`, 'After'])
})

test('what refers to another part stays whole', () => {
  const text = 'See [this][1].\n\n[1]: https://example.org'
  expect(splitBlocks(text)).toEqual([text])
})

test('nothing is lost, and what is finished stays as it is while the text grows', () => {
  const piece = fc.constantFrom('word ', '\n', '\n\n', '```\n', '- item', '1. one', '    code', '| a |', '**', '`')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), fc.array(piece, { maxLength: 6 }), (begin, more) => {
      const before = splitBlocks(begin.join(''))
      const after = splitBlocks([...begin, ...more].join(''))
      expect(before.join('\n')).toBe(begin.join(''))
      expect(after.slice(0, before.length - 1)).toEqual(before.slice(0, -1))
    }),
    { numRuns: 300 },
  )
})

test.each([
  ['This is **bo', 'This is **bo**'],
  ['This is **', 'This is '],
  ['This is **bold*', 'This is **bold**'],
  ['Call `run', 'Call `run`'],
  ['See [the page](https://exa', 'See '],
  ['An image ![a', 'An image '],
  ['All **done** here', 'All **done** here'],
  ['```js\nlet a = `x', '```js\nlet a = `x'],
  ['``', ''],
  ['```js\nlet a\n``', '```js\nlet a\n'],
  ['And *', 'And '],
  ['**bold** *', '**bold** '],
  ['**bold**', '**bold**'],
])('%j is shown as %j while it is written', (text, shown) => {
  expect(settle(text)).toBe(shown)
})

test('code between fences is found, also in a list', () => {
  expect([hasFence('```\na\n```'), hasFence('- ```js\n  a'), hasFence('a `b` c')]).toEqual([true, true, false])
})
