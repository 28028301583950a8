import { limits, type RoomId } from '@parley/protocol'
import { expect, test } from 'vitest'
import type { Answers } from '../answer.ts'
import { facts, membership, roomId, upTo } from '../testing/samples.ts'
import { type TestPerson, testChat } from '../testing/test-chat.ts'

const listing = async () => {
  const chat = testChat()
  const ada = await chat.person('Ada')
  const list = async (after?: RoomId, who: TestPerson = ada) =>
    (await chat.chat.execute(who.actor, { action: 'list-rooms', after })) as Answers['list-rooms']
  return { ...chat, ada, list }
}

test('[H15] lists the own rooms and the public ones, by id, and no other', async () => {
  const { list, ports, ada, connect } = await listing()
  await ports.store.createRoom(facts('yard'), [])
  await ports.store.createRoom(facts('attic', { kind: 'private' }), [])
  await ports.store.createRoom(facts('den', { kind: 'private' }), [membership('den', 0, { user: ada.id, read: 0 })])
  const client = await connect(ada)
  await client.say({ action: 'send', room: 'den', id: ada.id, text: 'hi' })
  expect(await list()).toStrictEqual({
    rooms: [
      { id: 'den', kind: 'private', name: 'den', topic: '', rev: 1, read: 0, unread: 1, member: true },
      { id: 'general', kind: 'public', name: 'general', topic: '', rev: 0, read: 0, unread: 0, member: true },
      { id: 'yard', kind: 'public', name: 'yard', topic: '', rev: 0, member: false },
    ],
    more: false,
  })
})

test('[H15] comes in pages of 100, own and public mixed, each room once', async () => {
  const { list, ports, ada } = await listing()
  const words = upTo(150).map((number) => `room-${String(number).padStart(3, '0')}`)
  for (const [index, word] of words.entries()) {
    const member = index % 2 === 0 ? [membership(word, 0, { user: ada.id })] : []
    const kind = index % 3 === 0 ? 'public' : 'private'
    await ports.store.createRoom(facts(word, { kind }), member)
  }
  const visible = words.filter((_, index) => index % 2 === 0 || index % 3 === 0)
  const first = await list()
  const second = await list(first.rooms.at(-1)?.id)
  expect([first.more, second.more]).toStrictEqual([true, false])
  expect(first.rooms).toHaveLength(limits.listPage)
  expect([...first.rooms, ...second.rooms].map(({ id }) => id)).toStrictEqual(['general', ...visible])
})

test('[H15] a room that is left between two reads is not in it, or as one that is not the own', async () => {
  const { ports, ada, chat } = await listing()
  await ports.store.createRoom(facts('yard'), [membership('yard', 0, { user: ada.id })])
  const overviews = ports.store.overviews
  ports.store.overviews = async (user, rooms) => {
    await ports.store.removeMember(roomId('yard'), user)
    return overviews(user, rooms)
  }
  const { rooms } = (await chat.execute(ada.actor, { action: 'list-rooms' })) as Answers['list-rooms']
  expect(rooms).toMatchObject([
    { id: 'general', member: true },
    { id: 'yard', member: false },
  ])
})
