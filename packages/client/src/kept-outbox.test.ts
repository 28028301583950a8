import { expect, test } from 'vitest'
import { ParleyError } from './errors.ts'
import { keptOutbox } from './kept-outbox.ts'
import type { OutboxStorage } from './outbox-storage.ts'
import type { Outgoing } from './state/state.ts'
import { general, me, messageId } from './testing/samples.ts'
import { virtualClock } from './testing/virtual-clock.ts'

const outgoing = (number: number, more: Partial<Outgoing> = {}): Outgoing => ({
  id: messageId(number),
  room: general,
  text: `text ${number}`,
  writtenAt: number,
  ...more,
})

/** A storage whose acts take their time, the first ones the longest. */
const slowStorage = () => {
  const clock = virtualClock(0, () => {})
  const done: string[] = []
  let waitMs = 100
  const act = (what: string) =>
    new Promise<void>((resolve) => {
      waitMs -= 30
      clock.after(waitMs, () => {
        done.push(what)
        resolve()
      })
    })
  const storage: OutboxStorage = {
    load: async () => [],
    put: (_, { id }) => act(`put ${id}`),
    remove: (_, { id }) => act(`remove ${id}`),
  }
  return { clock, done, storage }
}

test('acts of a storage come one after the other', async () => {
  const { clock, done, storage } = slowStorage()
  const kept = keptOutbox(storage, () => {})
  const [one, other] = [outgoing(1), outgoing(2)]
  kept.put(me.id, one)
  kept.put(me.id, other)
  kept.remove(me.id, one)
  await clock.pass(1_000)
  expect(done).toEqual([`put ${one.id}`, `put ${other.id}`, `remove ${one.id}`])
})

test('what fails is reported and does not stop the next', async () => {
  const errors: unknown[] = []
  const put: string[] = []
  const kept = keptOutbox(
    {
      load: () => Promise.reject(new Error('unreadable')),
      put: async (_, { id }) => {
        if (put.push(id) === 1) throw new Error('full')
      },
      remove: () => {},
    },
    (error) => errors.push(error),
  )
  kept.put(me.id, outgoing(1))
  kept.put(me.id, outgoing(2))
  await expect(kept.load(me.id)).resolves.toEqual([])
  expect(put).toHaveLength(2)
  expect(errors.map(String).sort()).toEqual(['Error: full', 'Error: unreadable'])
})

test('a failed message comes back with its error', async () => {
  const texts: string[] = []
  const kept = keptOutbox(
    {
      load: () => texts.map((text) => JSON.parse(text)),
      put: (_, one) => {
        texts.push(JSON.stringify(one))
      },
      remove: () => {},
    },
    () => {},
  )
  const failed = outgoing(1, { failed: new ParleyError('forbidden', 'Join the room first.') })
  kept.put(me.id, failed)
  const [back] = await kept.load(me.id)
  expect(back).toEqual(failed)
  expect(back?.failed).toBeInstanceOf(ParleyError)
})

test('without a storage nothing is kept', async () => {
  const kept = keptOutbox(undefined, () => {})
  kept.put(me.id, outgoing(1))
  await expect(kept.load(me.id)).resolves.toEqual([])
})
