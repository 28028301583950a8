import { expect, test } from 'vitest'
import { roomAddress } from './room-address.ts'

const chance = (): string => '4f2a'

test.each([
  ['Garden plans', 'garden-plans'],
  ['São João & co.', 'sao-joao-co'],
  ['정원', 'room-4f2a'],
  ['--', 'room-4f2a'],
  ['x'.repeat(80), 'x'.repeat(64)],
])('%s is at %s', (name, address) => {
  expect(roomAddress(name, chance)).toBe(address)
  expect(roomAddress(name, chance)).toMatch(/^[a-z0-9][a-z0-9._-]{0,63}$/)
})
