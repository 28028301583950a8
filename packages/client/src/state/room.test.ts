import { describe, expect, test } from 'vitest'
import { general, me, message, myRoom, stateAfter, told, welcome } from '../testing/samples.ts'
import type { ClientState, RoomState } from './state.ts'

const roomOf = (state: ClientState): RoomState => {
  const room = state.rooms.get(general)
  if (!room) throw new Error('general is not held')
  return room
}
const unread = (state: ClientState): readonly [number, boolean] => [roomOf(state).unread, roomOf(state).isCounted]
const read = (seq: number) => ({ type: 'read', room: general, user: me.id, seq }) as const
const page = (from: number, to: number, rev: number) =>
  [
    { action: 'history', room: general },
    {
      type: 'page',
      room: general,
      messages: Array.from({ length: to - from + 1 }, (_, index) => message(from + index)),
      rev,
      more: true,
    },
  ] as const

describe('unread messages', () => {
  const behind = welcome({ rooms: [myRoom({ rev: 10, read: 4, unread: 5 })] })

  test('are what the welcome said and what came since', () => {
    expect(unread(stateAfter([behind, told(message(11)), told(message(12)), told(message(12))]))).toEqual([7, true])
  })

  test('are no more by a change of an old message', () => {
    expect(unread(stateAfter([behind, told(message(3, { rev: 11 }))]))).toEqual([5, true])
  })

  test('are those above the marker when it moves to where all is held', () => {
    expect(unread(stateAfter([behind, told(message(11)), told(message(12)), read(11)]))).toEqual([1, true])
  })

  test('are not known when the marker moves to where nothing is held', () => {
    expect(unread(stateAfter([behind, told(message(11)), read(7)]))).toEqual([1, false])
    expect(unread(stateAfter([behind, told(message(11)), read(7), page(6, 10, 11)]))).toEqual([4, true])
  })

  test('are 99 at most', () => {
    const many = welcome({ rooms: [myRoom({ rev: 200, read: 0, unread: 99 })] })
    expect(unread(stateAfter([many, told(message(201))]))).toEqual([99, true])
  })
})

describe('a room that comes back with the next welcome', () => {
  const held = stateAfter([welcome(), told(message(11))])

  test('keeps what is held and sees what was missed', () => {
    const room = roomOf(stateAfter([welcome({ rooms: [myRoom({ rev: 13, unread: 3 })] })], held))
    expect(room.window).toMatchObject({ complete: 11, newest: 13 })
    expect(room.window.messages).toHaveLength(1)
  })

  test('begins anew when too much was missed', () => {
    const room = roomOf(stateAfter([welcome({ rooms: [myRoom({ rev: 900, unread: 99 })] })], held))
    expect(room.window).toMatchObject({ start: 900, complete: 900, newest: 900, messages: [] })
    expect(room.unread).toBe(99)
  })

  test('has the marker that the server says, since one may have left and come again', () => {
    expect(roomOf(stateAfter([welcome({ rooms: [myRoom({ rev: 11, read: 0, unread: 11 })] })], held))).toMatchObject({
      read: 0,
      unread: 11,
    })
  })

  test('is the same object where its facts are the same', () => {
    const again = stateAfter([welcome({ rooms: [myRoom({ rev: 11 })] })], held)
    expect(roomOf(again).facts).toBe(roomOf(held).facts)
  })
})

test('of a room that nobody looks at only the newest messages are held, and the count stays right', () => {
  const frames = Array.from({ length: 230 }, (_, index) => told(message(11 + index)))
  const room = roomOf(stateAfter([welcome({ rooms: [myRoom({ read: 10 })] }), ...frames]))
  expect(room.window.messages.length).toBeLessThanOrEqual(200)
  expect(room.unread).toBe(99)
  const opened = stateAfter(frames, { ...stateAfter([welcome()]), opened: new Set([general]) })
  expect(roomOf(opened).window.messages).toHaveLength(230)
})

test('a trimmed room with few unread messages still counts them', () => {
  const first = Array.from({ length: 195 }, (_, index) => told(message(11 + index)))
  const rest = Array.from({ length: 6 }, (_, index) => told(message(206 + index)))
  const state = stateAfter([welcome(), ...first, read(203), ...rest])
  expect(roomOf(state).window.messages).toHaveLength(100)
  expect(unread(state)).toEqual([8, true])
})
