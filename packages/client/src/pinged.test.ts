import { expect, test } from 'vitest'
import { pingedRooms } from './pinged.ts'
import type { ClientState } from './state/state.ts'
import { myRoom, stateAfter, welcome } from './testing/samples.ts'

const stateWith = (count: number, opened: readonly string[]): ClientState => {
  const rooms = Array.from({ length: count }, (_, number) => myRoom({ id: `room-${number}` as never }))
  return { ...stateAfter([welcome({ rooms })]), opened: new Set(opened) }
}

test('all rooms are named, as long as a ping has place for them', () => {
  const pinged = pingedRooms(() => stateWith(3, ['room-2', 'room-9']))
  expect(pinged()).toEqual(['room-2', 'room-0', 'room-1'])
})

test('of more rooms those that are looked at are named always, and the others in turns', () => {
  const pinged = pingedRooms(() => stateWith(250, ['room-200']))
  const turns = [pinged(), pinged(), pinged()]
  for (const turn of turns) {
    expect(turn).toHaveLength(100)
    expect(new Set(turn).size).toBe(100)
    expect(turn[0]).toBe('room-200')
  }
  expect(new Set(turns.flat()).size).toBe(250)
})
