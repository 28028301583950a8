import { expect, test } from 'vitest'
import type { MakeArchive } from '../archive-contract.ts'
import { append, draft, general, instant, messageId, userId, whole } from '../samples.ts'
import { fill, linesOf } from './lines.ts'

const user = {
  type: 'user',
  id: userId(1),
  name: 'Ana',
  kind: 'person',
  role: 'member',
  banned: false,
  createdAt: instant(0),
}
const room = { type: 'room', id: 'general', kind: 'public', name: 'general', topic: '', createdAt: instant(0) }
const bot = { id: userId(9), name: 'Bot', kind: 'bot' }
const message = (seq: number, rev: number, more: object = {}) => ({
  type: 'message',
  room: 'general',
  seq,
  rev,
  id: messageId(seq),
  from: bot,
  text: `text ${seq}`,
  at: instant(seq),
  ...more,
})
const end = (messages: number, members = 0) => ({ type: 'end', users: 1, rooms: 1, members, messages, broadcasts: 0 })
const file = (...records: readonly object[]) =>
  [{ parley: 'export', version: 1, passwords: false }, ...records].map((record) => JSON.stringify(record))

/** In the order in which an export has them. */
const everyField = [
  message(1, 1, { streaming: true }),
  message(2, 9, { replyTo: messageId(1), reactions: { '👍': [userId(1)] }, ended: 'stopped', endedBy: userId(1) }),
  message(3, 3, { streaming: false, ended: 'done', variants: { index: 1, count: 3 }, origin: 'c1', bag: 'b' }),
  message(6, 7, { editedAt: instant(50), ended: 'length' }),
  message(8, 10, { text: '', deletedAt: instant(51), ended: 'failed' }),
]

export const fieldTests = (make: MakeArchive): void => {
  test('every field that a message may have is kept, and survives a change', async () => {
    const { archive, open } = await make()
    const lines = file(user, room, ...everyField, end(5))
    await fill(archive, lines)
    expect(await linesOf(archive, false)).toStrictEqual(lines)
    const store = await open()
    const { messages } = await store.history(general, {}, whole)
    const strip = ({ type: _type, origin: _origin, bag: _bag, ...rest }: Record<string, unknown>) => rest
    expect(messages.map(({ message }) => message)).toStrictEqual(everyField.map(strip))
    await store.changeMessage(general, messageId(3), { kind: 'edit', text: 'new', at: instant(60) })
    expect(await store.message(general, messageId(3))).toStrictEqual({
      message: strip({ ...everyField[2], rev: 11, text: 'new', editedAt: instant(60) }),
      bag: 'b',
    })
  })

  test('numbers that no message has any more are not given again', async () => {
    const { archive, open } = await make()
    await fill(archive, file(user, room, message(3, 3), message(40, 41), message(42, 90), end(3)))
    const store = await open()
    expect(await store.history(general, {}, whole)).toMatchObject({ rev: 90, more: false })
    for (const since of [0, 1, 2, 3, 39, 40, 41, 42, 89, 90, 91]) {
      const page = await store.messagesSince(general, since, whole)
      const revs = [3, 41, 90].filter((rev) => rev > since)
      expect(page).toMatchObject({ rev: 90, more: false, messages: revs.map((rev) => ({ message: { rev } })) })
    }
    expect((await append(store, draft(99, 1))).stored.message).toMatchObject({ seq: 91, rev: 91 })
  })

  test('a marker stands where it stood, and counts from there', async () => {
    const { archive, open } = await make()
    const member = { type: 'member', room: 'general', user: userId(1), role: 'member', joinedAt: instant(0), read: 5 }
    await fill(archive, file(user, room, member, ...everyField, end(5, 1)))
    const store = await open()
    const held = async () => (await store.overviews(userId(1), [general]))[0]
    expect(await held()).toMatchObject({ membership: { read: 5 }, rev: 10, unread: 2 })
    expect(await store.moveMarker(general, userId(1), 4)).toBeUndefined()
    expect(await store.moveMarker(general, userId(1), 7)).toBe(7)
    expect(await held()).toMatchObject({ membership: { read: 7 }, rev: 10, unread: 1 })
    expect(await store.moveMarker(general, userId(1), 99)).toBe(10)
    expect(await held()).toMatchObject({ membership: { read: 10 }, rev: 10, unread: 0 })
  })
}
