import type { RoomState } from '@parley/client'
import { expect, test } from 'vitest'
import { type Kept, withRoom } from './kept-rooms.ts'

const roomOf = (id: string, count: number): RoomState => {
  const messages = Array.from({ length: count }, (_, place) => ({
    id: `${id}-${place}`,
    from: { name: 'Bo' },
    text: place === 0 ? '' : `words ${place} ${'x'.repeat(3_000)}`,
    at: '2026-11-21T04:40:00.000Z',
  }))
  return { id, window: { messages } } as unknown as RoomState
}

test('the newest messages are kept, shortened, and without those that were deleted', () => {
  const { rooms } = withRoom(undefined, 'ana', roomOf('garden', 60), 'Garden')
  expect(rooms.map(({ id, title }) => [id, title])).toEqual([['garden', 'Garden']])
  expect(rooms[0]?.messages.length).toBe(50)
  expect(rooms[0]?.messages.at(-1)).toMatchObject({ id: 'garden-59', name: 'Bo' })
  expect(rooms[0]?.messages.at(-1)?.text.length).toBe(2_000)
  expect(withRoom(undefined, 'ana', roomOf('new', 1), 'New').rooms[0]?.messages).toEqual([])
})

test('few rooms are kept, the last one first, and nothing of somebody else', () => {
  let kept: Kept | undefined
  for (const id of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'a']) kept = withRoom(kept, 'ana', roomOf(id, 2), id)
  expect(kept?.rooms.map(({ id }) => id)).toEqual(['a', 'g', 'f', 'e', 'd', 'c'])
  expect(withRoom(kept, 'bo', roomOf('z', 2), 'z')).toMatchObject({ user: 'bo', rooms: [{ id: 'z' }] })
})
