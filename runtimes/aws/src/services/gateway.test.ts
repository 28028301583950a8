import type { ConnectionId } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import { compatId, gateway } from './gateway.ts'
import type { Asked } from './request.ts'

const id = 'eHrdFcnvvHcCE-w=' as ConnectionId

/** A gateway that answers posts with these statuses, one after another, the last for ever; undefined: nothing answers. */
const answering = (statuses: readonly (number | undefined)[], ageMs?: number) => {
  const asked: Asked[] = []
  const pauses: number[] = []
  const posts = gateway({
    request: async (one) => {
      const status = statuses[Math.min(asked.length, statuses.length - 1)]
      asked.push(one)
      if (status === undefined) throw new Error('no answer')
      return { status, text: '' }
    },
    sockets: 'https://one.example/ws',
    compatSockets: 'https://two.example/compat',
    age: async () => ageMs,
    pause: async (attempt) => void pauses.push(attempt),
  })
  return { posts, asked, pauses }
}

test('a frame is posted to the address of its connection, whose id is encoded', async () => {
  const { posts, asked } = answering([200])
  expect(await posts.post(id, 'frame')).toBe('sent')
  expect(await posts.post(compatId(id), 'frame')).toBe('sent')
  await posts.close(id)
  expect(asked).toEqual([
    { method: 'POST', url: 'https://one.example/ws/@connections/eHrdFcnvvHcCE-w%3D', body: 'frame' },
    { method: 'POST', url: 'https://two.example/compat/@connections/eHrdFcnvvHcCE-w%3D', body: 'frame' },
    { method: 'DELETE', url: 'https://one.example/ws/@connections/eHrdFcnvvHcCE-w%3D' },
  ])
})

describe('a post', () => {
  test.each([
    ['an old connection', 10_000],
    ['one that nobody knows', undefined],
  ])('to %s that is gone is not repeated', async (_, ageMs) => {
    const { posts, asked } = answering([410], ageMs)
    expect(await posts.post(id, 'frame')).toBe('gone')
    expect(asked).toHaveLength(1)
  })

  test('to a young connection is left for later, since the gateway may not know it yet', async () => {
    const { posts, asked } = answering([410], 9_999)
    expect(await posts.post(id, 'frame')).toBe('busy')
    expect(asked).toHaveLength(1)
  })

  test.each([429, 500, 503, undefined])('that is answered %s is repeated, and then left for later', async (status) => {
    expect(await answering([status, 200]).posts.post(id, 'frame')).toBe('sent')
    const { posts, asked, pauses } = answering([status])
    expect(await posts.post(id, 'frame')).toBe('busy')
    expect([asked.length, pauses]).toEqual([4, [1, 2, 3]])
  })

  test('that may not be made is a bug', async () => {
    await expect(answering([403]).posts.post(id, 'frame')).rejects.toThrow('403')
  })
})
