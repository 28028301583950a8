import { expect, test } from 'vitest'
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

export const messageTests = (given: () => Store): void => {
  test('appendMessage gives the next rev, and keeps all of the draft', async () => {
    const store = given()
    await addPeople(store, 1)
    await append(store, draft(1, 1))
    const { stored, repeated } = await append(
      store,
      draft(2, 1, { text: 'Grüße 👋\n\t"\\', replyTo: messageId(1), bag: '{"user_id":7}', origin: 'c1' }),
    )
    expect(repeated).toBe(false)
    expect(stored).toStrictEqual({
      message: {
        id: messageId(2),
        room: general,
        seq: 2,
        rev: 2,
        from: { id: userId(1), name: 'Person 1', kind: 'person' },
        text: 'Grüße 👋\n\t"\\',
        at: instant(2),
        replyTo: messageId(1),
      },
      bag: '{"user_id":7}',
    })
    expect(await store.message(general, messageId(2))).toStrictEqual(stored)
    expect((await store.history(general, {}, whole)).messages[1]).toStrictEqual(stored)
    expect((await store.messagesSince(general, 1, whole)).messages).toStrictEqual([stored])
    expect((await store.appendMessage(draft(2, 1))) as object).toStrictEqual({ stored, repeated: true })
  })

  test('a message without a bag, a reply or reactions has no such fields', async () => {
    const store = given()
    await addPeople(store, 1)
    const { stored } = await append(store, draft(1, 1))
    expect(Object.keys(stored)).toStrictEqual(['message'])
    expect(Object.keys(stored.message).sort()).toStrictEqual(['at', 'from', 'id', 'rev', 'room', 'seq', 'text'])
    expect(await store.message(general, messageId(1))).toStrictEqual(stored)
  })

  test('at is that of the draft, or one millisecond after the newest', async () => {
    const store = given()
    await addPeople(store, 1)
    const at = async (number: number, ms: number) =>
      (await append(store, draft(number, 1, { at: instant(ms) }))).stored.message.at
    expect(await at(1, 999)).toBe(instant(999))
    expect(await at(2, 999)).toBe(instant(1_000))
    expect(await at(3, 5)).toBe(instant(1_001))
    expect(await at(4, 1_002)).toBe(instant(1_002))
    expect(await at(5, 90_000)).toBe(instant(90_000))
  })

  test('a change of an old message does not move at', async () => {
    const store = given()
    await addPeople(store, 1)
    await append(store, draft(1, 1))
    await store.changeMessage(general, messageId(1), { kind: 'edit', text: 'new', at: instant(50) })
    expect((await append(store, draft(2, 1))).stored.message.at).toBe(instant(2))
    expect((await append(store, draft(3, 1, { at: instant(0) }))).stored.message.at).toBe(instant(3))
  })

  test('from is as it was at sending', async () => {
    const store = given()
    await addPeople(store, 1)
    await append(store, draft(1, 1))
    await store.changeUser(userId(1), { name: 'Somebody else' })
    expect((await store.message(general, messageId(1)))?.message.from.name).toBe('Person 1')
    expect((await store.history(general, {}, whole)).messages[0]?.message.from.name).toBe('Person 1')
  })

  test('an id that its author has used changes nothing and is answered with the message as it stands', async () => {
    const store = given()
    await addPeople(store, 1)
    await append(store, draft(1, 1))
    await append(store, draft(2, 1))
    const edited = await store.changeMessage(general, messageId(1), { kind: 'edit', text: 'new', at: instant(50) })
    const again = await append(store, draft(1, 1, { text: 'other', at: instant(99) }))
    expect(edited).toStrictEqual({ stored: again.stored, changed: true })
    expect(again).toMatchObject({ repeated: true, stored: { message: { text: 'new', seq: 1, rev: 3 } } })
    expect(await store.revs([general])).toStrictEqual(new Map([[general, 3]]))
    await store.changeMessage(general, messageId(1), { kind: 'delete', at: instant(51) })
    expect(await append(store, draft(1, 1))).toMatchObject({
      repeated: true,
      stored: { message: { text: '', deletedAt: instant(51) } },
    })
  })

  test("another author's id is a conflict and changes nothing", async () => {
    const store = given()
    await addPeople(store, 2)
    const { stored } = await append(store, draft(1, 1))
    expect(await store.appendMessage(draft(1, 2))).toBe('conflict')
    expect(await store.history(general, {}, whole)).toStrictEqual({ messages: [stored], rev: 1, more: false })
  })

  test('rooms count apart, and one id may be used in two of them', async () => {
    const store = given()
    await addPeople(store, 2)
    await store.createRoom(facts('club'), [])
    await append(store, draft(1, 1))
    await append(store, draft(2, 1))
    const { stored, repeated } = await append(store, draft(1, 2, { room: roomId('club'), text: 'other' }))
    expect(repeated).toBe(false)
    expect(stored.message).toMatchObject({ seq: 1, room: 'club', text: 'other' })
    expect((await store.message(general, messageId(1)))?.message.text).toBe('text 1')
    expect((await store.message(roomId('club'), messageId(1)))?.message.text).toBe('other')
    expect(await store.message(roomId('club'), messageId(2))).toBeUndefined()
  })

  test('revs tells the newest rev of each room that exists', async () => {
    const store = given()
    await addPeople(store, 1)
    await store.createRoom(facts('club'), [])
    for (const number of upTo(3)) await append(store, draft(number, 1))
    await store.changeMessage(general, messageId(1), { kind: 'delete', at: instant(9) })
    const revs = await store.revs([general, roomId('nowhere'), roomId('club')])
    expect(revs).toStrictEqual(
      new Map([
        [general, 4],
        [roomId('club'), 0],
      ]),
    )
    expect(await store.revs([])).toStrictEqual(new Map())
  })

  test('the longest texts are kept', async () => {
    const store = given()
    await addPeople(store, 1)
    const text = '한'.repeat(30_000)
    await append(store, draft(1, 1, { text, bag: 'b'.repeat(2_048) }))
    const stored = await store.message(general, messageId(1))
    expect(stored?.message.text).toBe(text)
    expect(stored?.bag).toBe('b'.repeat(2_048))
  })
}
