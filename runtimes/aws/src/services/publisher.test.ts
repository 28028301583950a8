import type { Delivery } from '@parley/core'
import type { UserId } from '@parley/protocol'
import { expect, test } from 'vitest'
import { publisherInside } from './publisher.ts'

const user = 'ada' as UserId
const presence = (online: boolean): Delivery => ({ event: { type: 'presence-changed', user, online, rooms: [] } })

/** What is told, where these are the states that are found, one after another. */
const told = async (deliveries: readonly Delivery[], states: readonly boolean[]): Promise<readonly Delivery[]> => {
  const delivered: Delivery[] = []
  let looks = 0
  const publisher = publisherInside(
    {
      online: async () => {
        looks += 1
        return new Set(states[Math.min(looks, states.length) - 1] ? [user] : [])
      },
    },
    () => async (delivery) => void delivered.push(delivery),
  )
  await publisher.publish(deliveries)
  return delivered
}

test('events are delivered in their order, as they are', async () => {
  const events: readonly Delivery[] = [
    { event: { type: 'typed', room: 'general' as never, user } },
    { event: { type: 'session-ended', session: 'session' as never } },
  ]
  expect(await told(events, [])).toEqual(events)
})

test('presence is told as it stands', async () => {
  expect(await told([presence(false)], [true])).toEqual([presence(true)])
})

test('presence that changes while it is told is told again', async () => {
  expect(await told([presence(false)], [false, true, true])).toEqual([presence(false), presence(true)])
})
