import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { handClock } from '../testing/hand-clock.ts'
import { upTo } from '../testing/samples.ts'
import { tokenBuckets } from './token-buckets.ts'

const limited = (framesPerSecond: number) => {
  const clock = handClock()
  return { clock, ...tokenBuckets(framesPerSecond, clock) }
}

describe('token buckets', () => {
  test('[L3] three seconds’ worth may come at once, then so many a second', () => {
    const { clock, take } = limited(20)
    expect(upTo(60).map(() => take('frame', 'a'))).toStrictEqual(Array(60).fill(0))
    expect(take('frame', 'a')).toBe(1)
    clock.pass(50)
    expect([take('frame', 'a'), take('frame', 'a')]).toStrictEqual([0, 1])
    clock.pass(1_000)
    expect(upTo(21).map(() => take('frame', 'a'))).toStrictEqual([...Array(20).fill(0), 1])
  })

  test('a bucket never holds more than its burst', () => {
    const { clock, take } = limited(2)
    take('frame', 'a')
    clock.pass(3_600_000)
    expect(upTo(7).map(() => take('frame', 'a'))).toStrictEqual([0, 0, 0, 0, 0, 0, 1])
  })

  test('keys and acts have buckets of their own', () => {
    const { take } = limited(1)
    for (const _ of upTo(3)) take('frame', 'a')
    expect(take('frame', 'a')).toBeGreaterThan(0)
    expect(take('frame', 'b')).toBe(0)
    expect(take('user', 'a')).toBe(0)
    expect(take('flood', 'a')).toBe(0)
  })

  test('[L4] the wait is what it takes: after that a token is there, before it is not', () => {
    const { clock, take } = limited(20)
    while (take('login-account', 'a') === 0);
    const wait = take('login-account', 'a')
    expect(wait).toBe(6)
    clock.pass((wait - 1) * 1_000)
    expect(take('login-account', 'a')).toBe(1)
    clock.pass(1_000)
    expect(take('login-account', 'a')).toBe(0)
  })

  test('a slow rate still lets one through', () => {
    const { clock, take } = limited(0.1)
    expect(take('frame', 'a')).toBe(0)
    expect(take('frame', 'a')).toBe(10)
    clock.pass(10_000)
    expect(take('frame', 'a')).toBe(0)
    expect(take('guest', 'a')).toBe(0)
    expect(take('guest', 'a')).toBe(400)
  })

  test('a clock that goes back neither gives nor takes', () => {
    let now = 10_000
    const { take } = tokenBuckets(1, { now: () => now })
    for (const _ of upTo(3)) take('frame', 'a')
    now = 5_000
    expect(take('frame', 'a')).toBe(1)
  })

  test('[L3] who waits as long as it was told always finds a token, and never more came than the rate allows', () => {
    const pauses = fc.array(fc.nat({ max: 5_000 }), { maxLength: 80 })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), pauses, (framesPerSecond, all) => {
        const { clock, take } = limited(framesPerSecond)
        let taken = 0
        let passed = 0
        const pass = (ms: number): void => {
          clock.pass(ms)
          passed += ms
        }
        for (const pause of all) {
          pass(pause)
          const wait = take('login-account', 'a')
          if (wait > 0) {
            pass(wait * 1_000)
            expect(take('login-account', 'a')).toBe(0)
          }
          taken += 1
        }
        const scale = framesPerSecond / 20
        expect(taken).toBeLessThanOrEqual(Math.max(1, 10 * scale) + (passed / 60_000) * 10 * scale + 0.001)
      }),
    )
  })

  test('without a rate there are no limits', () => {
    const { take } = tokenBuckets(undefined, handClock())
    expect(upTo(1_000).map(() => take('frame', 'a'))).toStrictEqual(Array(1_000).fill(0))
  })

  test('those that are full again are forgotten when there are very many, and the others are not', () => {
    const { clock, take } = limited(1)
    for (const number of upTo(100_000)) take('frame', `many ${number}`)
    clock.pass(2_000)
    for (const _ of upTo(3)) take('frame', 'spent')
    expect(take('frame', 'spent')).toBe(1)
    expect(take('frame', 'one more')).toBe(0)
    expect(take('frame', 'spent')).toBe(1)
  })
})
