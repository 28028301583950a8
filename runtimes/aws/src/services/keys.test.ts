import { expect, test } from 'vitest'
import { keysIn } from './keys.ts'

test.each([
  ['sk-one\n', { PARLEY_MODEL_KEY: 'sk-one' }],
  ['{"ANTHROPIC_API_KEY":"sk-a","OTHER":"sk-b"}', { ANTHROPIC_API_KEY: 'sk-a', OTHER: 'sk-b' }],
])('the parameter %j holds %j', (text, keys) => {
  expect(keysIn(text)).toEqual(keys)
})

test('what is no text by name is refused', () => {
  expect(() => keysIn('{"ANTHROPIC_API_KEY":1}')).toThrow()
})
