import { expect, test } from 'vitest'
import { amounts, size } from './amounts.ts'

test('amounts are words, with one of a kind as one', () => {
  expect(amounts({ users: 1, rooms: 2, members: 0, messages: 1_234_567, broadcasts: 1 })).toBe(
    '1 user, 2 rooms, 0 members, 1,234,567 messages, and 1 broadcast',
  )
})

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1_000, '1.0 KB'],
  [41_316_352, '41 MB'],
  [1_300_000_000, '1.3 GB'],
  [5_000_000_000_000_000, '5000 TB'],
])('%i bytes are %s', (bytes, words) => expect(size(bytes)).toBe(words))
