import { describe, expect, test } from 'vitest'
import type { Measured } from './load/room.ts'
import { judge, median, type Target } from './targets.ts'

const measured = (deliveriesPerSecond: number): Measured => ({
  deliveriesPerSecond,
  messagesPerSecond: deliveriesPerSecond / 100,
  answer: { p50: 1, p99: 2, samples: 10 },
  delivery: { p50: 1, p99: 2, samples: 10 },
  missing: 0,
})

const target: Target = {
  cell: '100, 2',
  host: 'Parley',
  against: 'Socket.IO',
  figure: 'deliveries per second',
  atLeast: 0.9,
}

const figures = (own: readonly number[], other: readonly number[]) =>
  new Map([
    ['100, 2', new Map([['Parley', own.map(measured)] as const, ['Socket.IO', other.map(measured)] as const])] as const,
  ])

describe('targets', () => {
  test('a median is the middle one, or the mean of the middle two', () => {
    expect(median([9, 1, 5])).toBe(5)
    expect(median([4, 1, 2, 9])).toBe(3)
    expect(median([])).toBeNaN()
  })

  test('rounds are compared in pairs before the median is taken', () => {
    const verdict = judge(target, figures([100, 50, 10], [100, 100, 10]))
    expect(verdict).toMatchObject({ ratios: [1, 0.5, 1], ratio: 1, met: true })
  })

  test('what was not measured is not met', () => {
    expect(judge(target, figures([], [100]))).toMatchObject({ ratios: [], met: false })
  })

  test('a bound from above is one', () => {
    const { atLeast: _, ...rest } = target
    expect(judge({ ...rest, atMost: 1.75 }, figures([2], [1])).met).toBe(false)
    expect(judge({ ...rest, atMost: 1.75 }, figures([1.5], [1])).met).toBe(true)
  })
})
