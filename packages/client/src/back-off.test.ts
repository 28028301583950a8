import { expect, test } from 'vitest'
import { backOffMs } from './back-off.ts'

test('waits anything up to a bound that doubles until a minute', () => {
  const most = (attempt: number) => backOffMs(attempt, () => 1)
  expect([0, 1, 2, 5, 6, 100].map(most)).toEqual([1_000, 2_000, 4_000, 32_000, 60_000, 60_000])
  expect(backOffMs(5, () => 0)).toBe(0)
  expect(backOffMs(5, () => 0.5)).toBe(16_000)
})
