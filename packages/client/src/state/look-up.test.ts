import type { Down, RoomId } from '@parley/protocol'
import { expect, test } from 'vitest'
import { bea, general, me, myRoom, stateAfter, welcome } from '../testing/samples.ts'
import { completeRooms, stampOf, takeLookUp } from './look-up.ts'

const den = 'den' as RoomId
const greeted = stateAfter([welcome()])
const invited: Down = { type: 'room', room: { id: den, kind: 'private', name: 'den', topic: '', rev: 5 } }
const left: Down = { type: 'left', room: den }
const answer = myRoom({ id: den, kind: 'private', name: 'den', rev: 8, read: 0, unread: 8 })

test('a room that one was invited to is held from there on', () => {
  const doubtful = stateAfter([invited], greeted)
  const state = takeLookUp(doubtful, den, answer, { stamp: stampOf(doubtful, den), maxGap: 500 })
  expect(state.rooms.get(den)).toMatchObject({ unread: 8, window: { start: 5, complete: 5, newest: 8 } })
  expect(state.doubts.size).toBe(0)
})

test('a room that one is not in is not held', () => {
  const doubtful = stateAfter([{ type: 'left', room: general }], greeted)
  const state = takeLookUp(doubtful, general, undefined, { stamp: stampOf(doubtful, general), maxGap: 500 })
  expect([state.rooms.size, state.doubts.size]).toEqual([0, 0])
})

test('an answer from before a newer word of the server is not believed', () => {
  const doubtful = stateAfter([invited], greeted)
  const stamp = stampOf(doubtful, den)
  const removed = stateAfter([left], doubtful)
  expect(takeLookUp(removed, den, answer, { stamp, maxGap: 500 })).toBe(removed)
  const renewed = stateAfter([welcome(), left], doubtful)
  expect(takeLookUp(renewed, den, answer, { stamp, maxGap: 500 })).toBe(renewed)
})

test('an answer from before the marker moved is not believed', () => {
  const stamp = stampOf(greeted, general)
  const moved = stateAfter([{ type: 'read', room: general, user: me.id, seq: 12 }], greeted)
  expect(takeLookUp(moved, general, myRoom({ read: 10 }), { stamp, maxGap: 500 })).toBe(moved)
  const others = stateAfter([{ type: 'read', room: general, user: bea.id, seq: 12 }], greeted)
  expect(takeLookUp(others, general, myRoom({ read: 10 }), { stamp, maxGap: 500 })).not.toBe(others)
})

test('when all rooms are told, those that were not are in doubt', () => {
  const partial = stateAfter([welcome({ rooms: [myRoom(), myRoom({ id: den })], more: true })])
  const state = completeRooms(partial, new Set([general]))
  expect(state.isPartial).toBe(false)
  expect([...state.doubts.keys()]).toEqual([den])
})
