import { describe, expect, test } from 'vitest'
import type { MessagePage } from '../../ports/records.ts'
import type { Store } from '../../ports/store.ts'
import {
  addPeople,
  append,
  draft,
  facts,
  general,
  instant,
  messageId,
  roomId,
  upTo,
  userId,
  whole,
} from '../samples.ts'

const seqs = ({ messages }: MessagePage) => messages.map(({ message }) => message.seq)
const revs = ({ messages }: MessagePage) => messages.map(({ message }) => message.rev)
const bytesOf = ({ messages }: MessagePage) =>
  messages.map(({ message }) => Buffer.byteLength(JSON.stringify(message))).reduce((sum, size) => sum + size, 0)
const size = (limit: number, bytes = 1_000_000) => ({ limit, bytes })

export const pageTests = (given: () => Store): void => {
  /** Ten messages; the second is deleted, the fourth edited, the ninth reacted to: revs 11, 12, 13. */
  const withTen = async (): Promise<Store> => {
    const store = given()
    await addPeople(store, 1)
    for (const number of upTo(10)) await append(store, draft(number, 1))
    await store.changeMessage(general, messageId(2), { kind: 'delete', at: instant(50) })
    await store.changeMessage(general, messageId(4), { kind: 'edit', text: 'new', at: instant(51) })
    await store.changeMessage(general, messageId(9), { kind: 'react', user: userId(1), emoji: '👍', on: true })
    return store
  }

  describe('history', () => {
    test('brings the newest page, ascending, as the messages stand', async () => {
      const store = await withTen()
      const page = await store.history(general, {}, size(3))
      expect(seqs(page)).toStrictEqual([8, 9, 10])
      expect(page).toMatchObject({ rev: 13, more: true })
      expect(page.messages[1]).toStrictEqual(await store.message(general, messageId(9)))
      const all = await store.history(general, {}, whole)
      expect(seqs(all)).toStrictEqual(upTo(10))
      expect(all).toMatchObject({ rev: 13, more: false })
    })

    test('brings the newest before a seq', async () => {
      const store = await withTen()
      const page = await store.history(general, { before: 8 }, size(3))
      expect(seqs(page)).toStrictEqual([5, 6, 7])
      expect(page).toMatchObject({ rev: 13, more: true })
      expect(await store.history(general, { before: 4 }, size(3))).toMatchObject({ rev: 13, more: false })
      expect(seqs(await store.history(general, { before: 4 }, size(3)))).toStrictEqual([1, 2, 3])
      expect(await store.history(general, { before: 1 }, size(3))).toStrictEqual({ messages: [], rev: 13, more: false })
      expect(seqs(await store.history(general, { before: 1_000 }, size(2)))).toStrictEqual([9, 10])
    })

    test('brings the oldest after a seq, ascending', async () => {
      const store = await withTen()
      const page = await store.history(general, { after: 5 }, size(3))
      expect(seqs(page)).toStrictEqual([6, 7, 8])
      expect(page).toMatchObject({ rev: 13, more: true })
      expect(seqs(await store.history(general, { after: 0 }, size(2)))).toStrictEqual([1, 2])
      expect(await store.history(general, { after: 7 }, size(3))).toMatchObject({ rev: 13, more: false })
      expect(await store.history(general, { after: 10 }, size(3))).toStrictEqual({ messages: [], rev: 13, more: false })
    })

    test('ends at its bytes, but brings one message at least', async () => {
      const store = await withTen()
      const last = bytesOf(await store.history(general, {}, size(3)))
      expect(seqs(await store.history(general, {}, size(10, last)))).toStrictEqual([8, 9, 10])
      const tight = await store.history(general, {}, size(10, last - 1))
      expect(seqs(tight)).toStrictEqual([9, 10])
      expect(tight.more).toBe(true)
      expect(seqs(await store.history(general, {}, size(10, 1)))).toStrictEqual([10])
      expect(seqs(await store.history(general, { before: 5 }, size(10, 1)))).toStrictEqual([4])
      const oldest = await store.history(general, { after: 4 }, size(10, 1))
      expect(seqs(oldest)).toStrictEqual([5])
      expect(oldest.more).toBe(true)
    })

    test('counts bytes of UTF-8', async () => {
      const store = given()
      await addPeople(store, 1)
      for (const number of upTo(4)) await append(store, draft(number, 1, { text: '한글👋'.repeat(100) }))
      const two = bytesOf(await store.history(general, {}, size(2)))
      expect(seqs(await store.history(general, {}, size(10, two)))).toStrictEqual([3, 4])
      expect(seqs(await store.history(general, {}, size(10, two - 1)))).toStrictEqual([4])
    })

    test('of a room where nothing was said is empty', async () => {
      expect(await given().history(general, {}, size(3))).toStrictEqual({ messages: [], rev: 0, more: false })
    })
  })

  describe('messagesSince', () => {
    test('brings each message above a rev once, as it stands, by rev', async () => {
      const store = await withTen()
      const all = await store.messagesSince(general, 0, whole)
      expect(revs(all)).toStrictEqual([1, 3, 5, 6, 7, 8, 10, 11, 12, 13])
      expect(seqs(all)).toStrictEqual([1, 3, 5, 6, 7, 8, 10, 2, 4, 9])
      expect(all).toMatchObject({ rev: 13, more: false })
      for (const stored of all.messages) {
        expect(await store.message(general, stored.message.id)).toStrictEqual(stored)
      }
      expect(revs(await store.messagesSince(general, 10, whole))).toStrictEqual([11, 12, 13])
    })

    test('its rev is that of its last message while there is more, else the newest of the room', async () => {
      const store = await withTen()
      expect(await store.messagesSince(general, 0, size(3))).toMatchObject({ rev: 5, more: true })
      expect(await store.messagesSince(general, 5, size(6))).toMatchObject({ rev: 12, more: true })
      expect(await store.messagesSince(general, 12, size(1))).toMatchObject({ rev: 13, more: false })
      for (const since of [13, 14, 1_000]) {
        expect(await store.messagesSince(general, since, size(3))).toStrictEqual({
          messages: [],
          rev: 13,
          more: false,
        })
      }
    })

    test('ends at its bytes, but brings one message at least', async () => {
      const store = await withTen()
      const three = bytesOf(await store.messagesSince(general, 5, size(3)))
      expect(revs(await store.messagesSince(general, 5, size(10, three)))).toStrictEqual([6, 7, 8])
      const tight = await store.messagesSince(general, 5, size(10, three - 1))
      expect(revs(tight)).toStrictEqual([6, 7])
      expect(tight).toMatchObject({ rev: 7, more: true })
      expect(await store.messagesSince(general, 5, size(10, 1))).toMatchObject({ rev: 6, more: true })
      expect(await store.messagesSince(general, 12, size(10, 1))).toMatchObject({ rev: 13, more: false })
    })

    test('page by page it tells the same as history', async () => {
      const store = await withTen()
      const held = new Map<string, unknown>()
      let since = 0
      for (let more = true; more; ) {
        const page = await store.messagesSince(general, since, size(2))
        for (const stored of page.messages) held.set(stored.message.id, stored)
        expect(page.more && page.messages.length === 0).toBe(false)
        more = page.more
        since = page.rev
      }
      const { messages } = await store.history(general, {}, whole)
      expect(messages.map(({ message }) => held.get(message.id))).toStrictEqual(messages)
      expect(held.size).toBe(10)
    })

    test('tells nothing of other rooms', async () => {
      const store = await withTen()
      await store.createRoom(facts('club'), [])
      expect(await store.messagesSince(roomId('club'), 0, whole)).toStrictEqual({ messages: [], rev: 0, more: false })
      await append(store, draft(77, 1, { room: roomId('club') }))
      expect(revs(await store.messagesSince(roomId('club'), 0, whole))).toStrictEqual([1])
      expect(seqs(await store.history(roomId('club'), {}, whole))).toStrictEqual([1])
    })
  })
}
