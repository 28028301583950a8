import type { Broadcast } from '@parley/protocol'
import { expect, test } from 'vitest'
import type { Store } from '../../ports/store.ts'
import { addPeople, append, draft, facts, general, instant, messageId, roomId, userId } from '../samples.ts'

const broadcast = (number: number, ms: number): Broadcast => ({
  id: messageId(number),
  from: { id: userId(1), name: 'Person 1', kind: 'person' },
  text: `broadcast ${number}`,
  at: instant(ms),
})

export const derivedTests = (given: () => Store): void => {
  test('latestMessage is the newest of a user with that origin, in any room', async () => {
    const store = given()
    await addPeople(store, 2)
    await store.createRoom(facts('club'), [])
    await append(store, draft(1, 1, { at: instant(10), origin: 'c1' }))
    await append(store, draft(2, 1, { at: instant(20), origin: 'c1', room: roomId('club') }))
    await append(store, draft(3, 1, { at: instant(30), origin: 'c2' }))
    await append(store, draft(4, 1, { at: instant(40) }))
    await append(store, draft(5, 2, { at: instant(50), origin: 'c1' }))
    const latest = async (user: number, origin: string) =>
      (await store.latestMessage(userId(user), origin, instant(0), instant(1_000)))?.id
    expect(await latest(1, 'c1')).toBe(messageId(2))
    expect(await latest(1, 'c2')).toBe(messageId(3))
    expect(await latest(2, 'c1')).toBe(messageId(5))
    expect(await latest(2, 'c2')).toBeUndefined()
    expect(await latest(1, 'c9')).toBeUndefined()
  })

  test('latestMessage looks between two times, both included, and tells the message as it stands', async () => {
    const store = given()
    await addPeople(store, 1)
    for (const number of [10, 20, 30]) await append(store, draft(number, 1, { origin: 'c1' }))
    const latest = (from: number, until: number) => store.latestMessage(userId(1), 'c1', instant(from), instant(until))
    expect((await latest(0, 1_000))?.id).toBe(messageId(30))
    expect((await latest(20, 30))?.id).toBe(messageId(30))
    expect((await latest(20, 29))?.id).toBe(messageId(20))
    expect((await latest(20, 20))?.id).toBe(messageId(20))
    expect(await latest(21, 29)).toBeUndefined()
    expect(await latest(31, 99)).toBeUndefined()
    await store.changeMessage(general, messageId(20), { kind: 'edit', text: 'new', at: instant(500) })
    expect(await latest(20, 29)).toStrictEqual((await store.message(general, messageId(20)))?.message)
  })

  test('latestBroadcast looks between two times, both included', async () => {
    const store = given()
    await addPeople(store, 1)
    await store.addBroadcast(broadcast(2, 20))
    await store.addBroadcast(broadcast(1, 10))
    await store.addBroadcast(broadcast(3, 30))
    const latest = (from: number, until: number) => store.latestBroadcast(instant(from), instant(until))
    expect(await latest(0, 1_000)).toStrictEqual(broadcast(3, 30))
    expect(await latest(0, 29)).toStrictEqual(broadcast(2, 20))
    expect(await latest(20, 20)).toStrictEqual(broadcast(2, 20))
    expect(await latest(11, 19)).toBeUndefined()
    expect(await latest(31, 99)).toBeUndefined()
  })

  test('a broadcast that is added again is there once', async () => {
    const store = given()
    await addPeople(store, 1)
    await store.addBroadcast(broadcast(1, 10))
    await store.addBroadcast(broadcast(1, 10))
    expect(await store.latestBroadcast(instant(0), instant(99))).toStrictEqual(broadcast(1, 10))
  })
}
