import { expect, test } from 'vitest'
import { wordsInText } from './words-in-text.ts'

const kinds = (value: string, names: readonly string[] = ['Ana', 'Ana Maria', 'Kim']) => {
  const tree = { type: 'root', children: [{ type: 'text', value }] }
  wordsInText({ names, me: 'Kim' })(tree)
  return (tree.children as { type: string; value?: string; children?: { value: string }[] }[]).map(
    ({ type, value, children }) => `${type}:${value ?? children?.[0]?.value ?? ''}`,
  )
}

test('new lines are kept', () => {
  expect(kinds('one\ntwo')).toEqual(['text:one', 'break:', 'text:two'])
})

test('the longest name is meant, in whatever case', () => {
  expect(kinds('hi @ana maria, and @Ana!')).toEqual([
    'text:hi ',
    'mention:@ana maria',
    'text:, and ',
    'mention:@Ana',
    'text:!',
  ])
})

test('neither addresses nor longer words are mentions', () => {
  expect(kinds('write to x@ana or @Anastasia')).toEqual(['text:write to x@ana or @Anastasia'])
})
