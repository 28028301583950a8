import type { ClientState, Message, RoomState } from '@parley/client'
import { describe, expect, test } from 'vitest'
import { follow } from './follow.ts'

const message = (seq: number, rev = seq): Message => ({ seq, rev, id: String(seq) }) as unknown as Message

/** A client of which only one room's window is there, and what is told of it. */
const followed = (after: number, known: readonly Message[] = []) => {
  let messages: readonly Message[] = []
  let complete = 0
  let listener = (): void => {}
  let opened = 0
  const told: string[] = []
  const state = (): ClientState => {
    const window = { start: 0, complete, newest: complete, beyond: [], messages }
    return { rooms: new Map([['room', { window } as unknown as RoomState]]) } as unknown as ClientState
  }
  let current = state()
  const stop = follow({
    client: {
      get state() {
        return current
      },
      subscribe: (heard) => {
        listener = heard
        return () => {
          listener = () => {}
        }
      },
      open: () => {
        opened += 1
        return () => {
          opened -= 1
        }
      },
    },
    room: 'room',
    after,
    known,
    tell: ({ seq, rev }, change) => told.push(`${change} ${seq} at ${rev}`),
  })
  return {
    told,
    stop,
    opened: () => opened,
    hear: (now: readonly Message[], completeNow: number) => {
      messages = now
      complete = completeNow
      current = state()
      listener()
    },
  }
}

describe('following a room', () => {
  test('tells each new message once and in order, and waits for what is missing', () => {
    const { hear, told } = followed(1)
    hear([message(1), message(2), message(4)], 2)
    expect(told).toEqual(['created 2 at 2'])
    hear([message(1), message(2), message(3), message(4)], 4)
    expect(told).toEqual(['created 2 at 2', 'created 3 at 3', 'created 4 at 4'])
    hear([message(1), message(2), message(3), message(4)], 4)
    expect(told).toHaveLength(3)
  })

  test('tells a changed message again, once for each state that is seen', () => {
    const { hear, told } = followed(0)
    hear([message(1)], 1)
    hear([message(1, 2)], 2)
    hear([message(1, 2), message(3)], 3)
    hear([message(1, 5), message(3), message(4)], 5)
    expect(told).toEqual(['created 1 at 1', 'changed 1 at 2', 'created 3 at 3', 'created 4 at 4', 'changed 1 at 5'])
  })

  test('does not tell what was fetched of older times', () => {
    const { hear, told } = followed(5)
    hear([message(6)], 6)
    hear([message(2), message(3, 4), message(6)], 6)
    expect(told).toEqual(['created 6 at 6'])
  })

  test('tells a change after what was said before it, also when it is heard first', () => {
    const { hear, told } = followed(0)
    hear([message(1)], 1)
    hear([message(1, 3)], 1)
    expect(told).toEqual(['created 1 at 1'])
    hear([message(1, 3), message(2)], 3)
    expect(told).toEqual(['created 1 at 1', 'created 2 at 2', 'changed 1 at 3'])
  })

  test('tells a change of what was told before, however late that is held', () => {
    const { hear, told } = followed(2, [message(1), message(2)])
    hear([message(3)], 4)
    hear([message(1, 4), message(2), message(3)], 4)
    expect(told).toEqual(['created 3 at 3', 'changed 1 at 4'])
  })

  describe('tells a reply that grows', () => {
    const growing = (seq: number, rev = seq) => ({ ...message(seq, rev), streaming: true })

    test('when it has ended, after what was said meanwhile', () => {
      const { hear, told } = followed(0)
      hear([message(1), growing(2)], 2)
      hear([message(1), growing(2), message(3)], 3)
      hear([message(1), growing(2, 4), message(3)], 4)
      expect(told).toEqual(['created 1 at 1', 'created 3 at 3'])
      hear([message(1), message(2, 5), message(3)], 5)
      expect(told).toEqual(['created 1 at 1', 'created 3 at 3', 'created 2 at 5'])
    })

    test('also if it began before, and as changed if it was told before', () => {
      const { hear, told } = followed(3, [message(1), growing(2), message(3)])
      hear([growing(1, 4), growing(2), message(3)], 4)
      hear([message(1, 6), message(2, 5), message(3)], 6)
      expect(told).toEqual(['created 2 at 5', 'changed 1 at 6'])
    })

    test('not at all if it is deleted before', () => {
      const { hear, told } = followed(0)
      hear([growing(1)], 1)
      hear([{ ...message(1, 2), deletedAt: 'then' }], 2)
      expect(told).toEqual([])
    })
  })

  test('ends', () => {
    const { hear, told, stop, opened } = followed(0)
    expect(opened()).toBe(1)
    stop()
    expect(opened()).toBe(0)
    hear([message(1)], 1)
    expect(told).toEqual([])
  })
})
