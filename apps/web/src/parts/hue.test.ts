import { expect, test } from 'vitest'
import { hueOf, initialsOf } from './hue.ts'

test.each([
  ['Ada Lovelace', 'AL'],
  ['ana', 'A'],
  ['김민지', '김'],
  ['王 小明', '王'],
  ['João da Silva', 'JS'],
  ['👩‍🚀', '👩‍🚀'],
  ['anne-marie', 'AM'],
])('%s is %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials)
})

test('a colour is one of eight, and the same for the same id', () => {
  const ids = Array.from({ length: 200 }, (_, place) => `0e1b${place}-4a`)
  const hues = new Set(ids.map(hueOf))
  expect([...hues].sort()).toEqual(Array.from({ length: 8 }, (_, place) => `hue-${place}`))
  expect(ids.map(hueOf)).toEqual(ids.map(hueOf))
})
