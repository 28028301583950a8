import { expect, test } from 'vitest'
import { complete, matching, mentioningAt } from './mentions.ts'

test.each([
  ['@', { at: 0, word: '' }],
  ['hello @an', { at: 6, word: 'an' }],
  ['(@Ana Ma', { at: 1, word: 'Ana Ma' }],
  ['@김', { at: 0, word: '김' }],
  ['mail@host', undefined],
  ['@one two three', undefined],
  ['done @ana!', undefined],
])('at the end of %j is %j', (text, found) => {
  expect(mentioningAt(text, text.length)).toEqual(found)
})

test('names that begin so come first, then those of which a word does', () => {
  const people = ['Joana', 'Maria Ana', 'Ana', 'Bo', 'Ändre'].map((name) => ({ name }))
  expect(matching(people, 'an').map(({ name }) => name)).toEqual(['Ana', 'Ändre', 'Maria Ana', 'Joana'])
  expect(matching(people, '')).toHaveLength(5)
})

test('a completed mention has a space after it, and the cursor behind that', () => {
  expect(complete('hi @an', { at: 3, word: 'an' }, 'Ana')).toEqual({ text: 'hi @Ana ', cursor: 8 })
  expect(complete('hi @an you', { at: 3, word: 'an' }, 'Ana')).toEqual({ text: 'hi @Ana you', cursor: 8 })
})
