import type { UsageSum } from '@parley/protocol'
import { expect, test } from 'vitest'
import { dayBefore, daysBetween, emptySum, scaleEnd, sharesBy, sumOf } from './usage-sums.ts'

const used = (given: object): UsageSum =>
  ({
    day: '2026-11-20',
    room: 'general',
    user: 'ana',
    bot: 'hearth',
    model: 'small',
    replies: 1,
    tokensIn: 100,
    tokensOut: 10,
    cost: 0.5,
    ...given,
  }) as UsageSum

test('what has no known price is counted, and not taken for nothing', () => {
  expect(sumOf([used({}), used({ cost: null, replies: 3 })])).toEqual({
    replies: 4,
    tokensIn: 200,
    tokensOut: 20,
    cost: 0.5,
    unpriced: 3,
  })
  expect(sumOf([])).toEqual(emptySum)
})

test('days come newest first, and all else by what it used', () => {
  const usage = [used({ room: 'small' }), used({ day: '2026-11-21', tokensIn: 500 }), used({ room: 'small' })]
  expect(sharesBy(usage, 'day').map(({ id, sum }) => [id, sum.replies])).toEqual([
    ['2026-11-21', 1],
    ['2026-11-20', 2],
  ])
  expect(sharesBy(usage, 'room').map(({ id, sum }) => [id, sum.tokensIn])).toEqual([
    ['general', 500],
    ['small', 200],
  ])
})

test('days without any replies are there too, over the end of a month', () => {
  const days = daysBetween([used({ day: '2026-11-01' })], '2026-10-30', '2026-11-02')
  expect(days.map(({ id, sum }) => [id, sum.replies])).toEqual([
    ['2026-10-30', 0],
    ['2026-10-31', 0],
    ['2026-11-01', 1],
    ['2026-11-02', 0],
  ])
  expect(dayBefore('2026-03-01', 1)).toBe('2026-02-28')
})

test.each([
  [0, 4],
  [4, 4],
  [5, 5],
  [17, 20],
  [230, 400],
  [1_000, 1_000],
  [61_000, 100_000],
])('the scale for %d ends at %d', (highest, end) => {
  expect(scaleEnd(highest)).toBe(end)
})
