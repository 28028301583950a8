import { expect, test } from 'vitest'
import { pausingClock } from './pausing-clock.ts'
import { virtualClock } from './testing/virtual-clock.ts'

const setUp = () => {
  const time = virtualClock(0, () => {})
  const clock = pausingClock(time)
  const acts: string[] = []
  return { time, clock, acts, plan: (ms: number, name: string) => clock.after(ms, () => acts.push(name)) }
}

test('begins paused, and goes on with the time that was left', async () => {
  const { time, clock, acts, plan } = setUp()
  plan(100, 'early')
  await time.pass(1_000)
  expect(acts).toEqual([])
  clock.resume()
  await time.pass(60)
  clock.pause()
  await time.pass(1_000)
  expect(acts).toEqual([])
  clock.resume()
  await time.pass(39)
  expect(acts).toEqual([])
  await time.pass(1)
  expect(acts).toEqual(['early'])
})

test('what was called off does not come back', async () => {
  const { time, clock, acts, plan } = setUp()
  clock.resume()
  const callOff = plan(100, 'never')
  clock.pause()
  callOff()
  clock.resume()
  await time.pass(1_000)
  expect(acts).toEqual([])
})
