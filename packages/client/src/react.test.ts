import type { Down } from '@parley/protocol'
import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import {
  useClient,
  useConnection,
  useEvent,
  useHistory,
  useMe,
  useMembers,
  useMessage,
  useMessageIds,
  useMessages,
  useNotes,
  useOutbox,
  useParley,
  usePeople,
  usePresence,
  useRead,
  useReadBy,
  useRoom,
  useRooms,
  useTyping,
  useUnread,
  useUser,
} from './react.ts'
import { probe, renderedBy, setUp } from './testing/probes.ts'
import { bea, general, me, message, messageId, told, userId } from './testing/samples.ts'

const cy = userId(3)

const all = () => ({
  connection: probe(useConnection),
  me: probe(useMe),
  rooms: probe(useRooms),
  room: probe(() => useRoom('general')),
  unread: probe(() => useUnread('general')),
  read: probe(() => useRead('general')),
  readBy: probe(() => useReadBy('general')),
  messages: probe(() => useMessages('general')),
  history: probe(() => useHistory('general')),
  ids: probe(() => useMessageIds('general')),
  message: probe(() => useMessage('general', messageId(11))),
  notes: probe(() => useNotes('general')),
  outbox: probe(() => useOutbox('general')),
  typing: probe(() => useTyping('general')),
  people: probe(usePeople),
  bea: probe(() => useUser(bea.id)),
  presence: probe(() => usePresence(bea.id)),
  members: probe(() => useMembers('general')),
  otherMessages: probe(() => useMessages('den')),
  otherTyping: probe(() => useTyping('den')),
  otherOutbox: probe(() => useOutbox('den')),
})

test('hooks outside of a provider say what is missing', () => {
  expect(() => renderToString(probe(useClient).element)).toThrow('inside a <ParleyProvider')
})

test('hooks tell nothing before the greeting, and then what it says', async () => {
  const probes = all()
  const { greet } = await setUp(...Object.values(probes))
  expect(probes.connection.last).toEqual({ status: 'idle' })
  expect([probes.me.last, probes.rooms.last, probes.room.last, probes.presence.last]).toEqual([
    undefined,
    [],
    undefined,
    undefined,
  ])
  expect(probes.messages.last).toMatchObject({ messages: [], isLoading: true, hasOlder: true })
  await greet()
  expect(probes.connection.last).toEqual({ status: 'online' })
  expect(probes.me.last).toEqual(me)
  expect(probes.rooms.last.map(({ facts, unread }) => [facts.id, unread])).toEqual([
    ['general', 0],
    ['den', 0],
  ])
  expect(probes.room.last).toMatchObject({ name: 'general', kind: 'public' })
  expect([probes.presence.last, probes.bea.last?.name, probes.read.last]).toEqual([true, 'Bea', 10])
})

describe('only that is rendered which changed, when', () => {
  const happen = async (act: (set: Awaited<ReturnType<typeof setUp>>) => Promise<unknown>) => {
    const probes = all()
    const set = await setUp(...Object.values(probes))
    await set.greet()
    return { probes, names: await renderedBy(probes, () => act(set)) }
  }

  test('a message comes', async () => {
    const { probes, names } = await happen(({ tell }) => tell(told(message(11))))
    expect(names).toEqual(['rooms', 'unread', 'messages', 'ids', 'message'])
    expect(probes.messages.last.messages.map(({ seq }) => seq)).toEqual([11])
    expect(probes.unread.last).toBe(1)
  })

  test('a message comes twice', async () => {
    const { names } = await happen(async ({ tell, client }) => {
      await tell(told(message(11)))
      const { state } = client
      await tell(told(message(11)))
      expect(client.state).toBe(state)
    })
    expect(names).toEqual(['rooms', 'unread', 'messages', 'ids', 'message'])
  })

  test('a reply grows', async () => {
    const probes = all()
    const { greet, tell } = await setUp(...Object.values(probes))
    await greet()
    await tell(told(message(11, { text: 'Hel', streaming: true })))
    await tell(told(message(12)))
    const piece: Down = { type: 'delta', room: general, id: messageId(11), rev: 11, at: 3, text: 'lo' }
    expect(await renderedBy(probes, () => tell(piece))).toEqual(['messages', 'message'])
    expect(probes.message.last?.text).toBe('Hello')
    expect(probes.ids.last).toEqual([messageId(11), messageId(12)])
    expect(await renderedBy(probes, () => tell(told(message(12, { rev: 13, text: 'edited' }))))).toEqual(['messages'])
  })

  test('a bot says something to oneself', async () => {
    const note: Down = { type: 'note', room: general, id: messageId(20), text: 'You missed nothing.' }
    const { probes, names } = await happen(({ tell }) => tell(note))
    expect(names).toEqual(['notes'])
    expect(probes.notes.last).toMatchObject([{ text: 'You missed nothing.', isGrowing: false }])
  })

  test('somebody writes, and stops', async () => {
    const probes = all()
    const { greet, tell, during, clock } = await setUp(...Object.values(probes))
    await greet()
    const frame: Down = { type: 'typing', room: general, user: bea.id }
    expect(await renderedBy(probes, () => tell(frame))).toEqual(['typing'])
    expect(probes.typing.last).toEqual([bea.id])
    expect(await renderedBy(probes, () => during(() => clock.pass(20_000)))).toEqual(['typing'])
    expect(probes.typing.last).toEqual([])
  })

  test('somebody comes or goes', async () => {
    const { probes, names } = await happen(({ tell }) => tell({ type: 'presence', user: bea.id, online: false }))
    expect(names).toEqual(['presence'])
    expect(probes.presence.last).toBe(false)
    const { names: others } = await happen(({ tell }) => tell({ type: 'presence', user: cy, online: true }))
    expect(others).toEqual([])
  })

  test('somebody has another name', async () => {
    const { probes, names } = await happen(({ tell }) =>
      tell({ type: 'user', user: { id: bea.id, name: 'Beatrice', kind: 'person' } }),
    )
    expect(names).toEqual(['people', 'bea'])
    expect(probes.bea.last?.name).toBe('Beatrice')
  })

  test('somebody has read', async () => {
    const { probes, names } = await happen(({ tell }) => tell({ type: 'read', room: general, user: bea.id, seq: 9 }))
    expect(names).toEqual(['readBy'])
    expect(probes.readBy.last.get(bea.id)).toBe(9)
  })

  test('one has read oneself', async () => {
    const { names } = await happen(async ({ tell, client, during }) => {
      await tell(told(message(11)))
      await during(() => client.read('general'))
    })
    expect(names).toEqual(['rooms', 'unread', 'read', 'messages', 'ids', 'message'])
  })

  test('one sends', async () => {
    const { probes, names } = await happen(({ client, during }) => during(() => client.send('general', 'hi')))
    expect(names).toEqual(['outbox'])
    expect(probes.outbox.last.map(({ text }) => text)).toEqual(['hi'])
  })

  test('a room has another topic', async () => {
    const probes = all()
    const { greet, tell } = await setUp(...Object.values(probes))
    await greet()
    const [before, other] = probes.rooms.last
    const room = { id: general, kind: 'public', name: 'general', topic: 'tea', rev: 10 } as const
    expect(await renderedBy(probes, () => tell({ type: 'room', room }))).toEqual(['rooms', 'room'])
    expect(probes.room.last?.topic).toBe('tea')
    expect(probes.rooms.last[0]).not.toBe(before)
    expect(probes.rooms.last[1]).toBe(other)
    expect(await renderedBy(probes, () => tell({ type: 'room', room }))).toEqual([])
  })
})

test("a pick of one's own that makes lists compares them as it is told", async () => {
  const isSame = (one: readonly string[], other: readonly string[]) => one.join() === other.join()
  const ids = probe(() => useParley(({ rooms }) => [...rooms.keys()], isSame))
  const { greet, tell } = await setUp(ids)
  await greet()
  const { length } = ids.renders
  await tell(told(message(11)))
  expect(ids.last).toEqual(['general', 'den'])
  expect(ids.renders).toHaveLength(length)
})

test('an event reaches the listener of the last render, once, and no longer than it is mounted', async () => {
  const heard: string[] = []
  const Listener = ({ name }: { readonly name: string }): null => {
    useEvent('message', ({ message: { text } }) => heard.push(`${name} ${text}`))
    return null
  }
  const { greet, tell, show } = await setUp()
  await greet()
  await show(createElement(Listener, { name: 'a' }))
  await tell(told(message(11)))
  await show(createElement(Listener, { name: 'b' }))
  await tell(told(message(12)))
  await show(null)
  await tell(told(message(13)))
  expect(heard).toEqual(['a text 11', 'b text 12'])
})
