import type { ConnectionId } from '@parley/protocol'
import { expect, test } from 'vitest'
import type { Posted } from './gateway.ts'
import { gatewaySockets, inlineMax } from './gateway-sockets.ts'
import type { Task } from './later.ts'

const ids = (count: number): readonly ConnectionId[] =>
  Array.from({ length: count }, (_, index) => `connection-${index}` as ConnectionId)

const started = (posted: (id: ConnectionId) => Posted = () => 'sent') => {
  const posts: ConnectionId[] = []
  const tasks: Task[] = []
  const sockets = gatewaySockets(
    {
      post: async (id) => {
        posts.push(id)
        return posted(id)
      },
      close: async () => {},
    },
    async (more) => void tasks.push(...more),
  )
  return { sockets, posts, tasks }
}

test('a frame to few is posted at once', async () => {
  const { sockets, posts, tasks } = started()
  expect(await sockets.send(ids(inlineMax), 'frame')).toEqual([])
  expect([posts, tasks]).toEqual([ids(inlineMax), []])
})

test('a frame to many is left for later, in pieces that are each done by themselves', async () => {
  const { sockets, posts, tasks } = started()
  const many = ids(601)
  expect(await sockets.send(many, 'frame')).toEqual([])
  expect(posts).toEqual([])
  const pieces = tasks.map((task) => (task.kind === 'frame' && task.frame === 'frame' ? task.to : []))
  expect(pieces.map(({ length }) => length)).toEqual([250, 250, 101])
  expect(pieces.flat()).toEqual(many)
})

test('those that are gone are told, and those that the gateway has no time for are left for later', async () => {
  const { sockets, tasks } = started((id) => (id.endsWith('1') ? 'gone' : id.endsWith('2') ? 'busy' : 'sent'))
  expect(await sockets.send(ids(13), 'frame')).toEqual(['connection-1', 'connection-11'])
  expect(tasks).toEqual([{ kind: 'frame', to: ['connection-2', 'connection-12'], frame: 'frame' }])
})
