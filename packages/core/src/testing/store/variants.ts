import { limits } from '@parley/protocol'
import { expect, test } from 'vitest'
import type { Variant } from '../../ports/records.ts'
import type { Store } from '../../ports/store.ts'
import { append, draft, facts, general, membership, messageId, roomId, upTo, userId, whole } from '../samples.ts'
import { head, reply, withReply } from './reply-samples.ts'

export const variantTests = (given: () => Store): void => {
  const variant = (index: number) => given().variant(general, reply, index)
  const first: Variant = { index: 0, text: 'Grüße 👋\n"\\', ended: 'stopped', endedBy: userId(1) }

  test('a variant is kept as it is, and found by its place', async () => {
    await withReply(given())
    expect(await variant(0)).toBeUndefined()
    await given().keepVariant(general, reply, first)
    await given().keepVariant(general, reply, { index: 1, text: '' })
    expect(await variant(0)).toStrictEqual(first)
    expect(await variant(1)).toStrictEqual({ index: 1, text: '' })
    expect(await variant(2)).toBeUndefined()
    expect(await given().variant(general, messageId(1), 0)).toBeUndefined()
    expect(await given().variant(roomId('nowhere'), reply, 0)).toBeUndefined()
  })

  test('one of the same place is replaced', async () => {
    await withReply(given())
    await given().keepVariant(general, reply, first)
    await given().keepVariant(general, reply, { index: 0, text: 'other' })
    expect(await variant(0)).toStrictEqual({ index: 0, text: 'other' })
  })

  test('keeping a variant changes no message and takes no rev', async () => {
    const stored = await withReply(given())
    await given().keepVariant(general, reply, first)
    expect(await head(given())).toBe(2)
    expect(await given().message(general, reply)).toStrictEqual(stored)
    expect((await given().history(general, {}, whole)).messages).toHaveLength(2)
    expect((await given().messagesSince(general, 0, whole)).messages).toHaveLength(2)
  })

  test('as many as there may be, of the longest texts, are kept', async () => {
    await withReply(given())
    const text = '한'.repeat(limits.botTextUnits)
    for (const number of upTo(limits.variantsMax)) {
      await given().keepVariant(general, reply, { index: number - 1, text, ended: 'length' })
    }
    expect(await variant(limits.variantsMax - 1)).toStrictEqual({
      index: limits.variantsMax - 1,
      text,
      ended: 'length',
    })
    expect((await variant(0))?.text).toBe(text)
  })

  test('the variants of one message are forgotten, and no others', async () => {
    await withReply(given())
    await given().createRoom(facts('club'), [membership('club', 1)])
    await append(given(), draft(2, 1, { room: roomId('club') }))
    await append(given(), draft(3, 1))
    for (const index of [0, 1, 9]) await given().keepVariant(general, reply, { ...first, index })
    await given().keepVariant(general, messageId(3), first)
    await given().keepVariant(roomId('club'), reply, first)
    await given().forgetVariants(general, reply)
    for (const index of [0, 1, 9]) expect(await variant(index)).toBeUndefined()
    expect(await given().variant(general, messageId(3), 0)).toStrictEqual(first)
    expect(await given().variant(roomId('club'), reply, 0)).toStrictEqual(first)
    await given().forgetVariants(general, reply)
    await given().forgetVariants(general, messageId(9))
  })
}

export const summaryTests = (given: () => Store): void => {
  test('a room has one summary, which a newer one replaces', async () => {
    const store = given()
    await store.createRoom(facts('club'), [])
    expect(await store.summary(general)).toBeUndefined()
    expect(await store.summary(roomId('nowhere'))).toBeUndefined()
    const long = { seq: 7, rev: 9, text: 'Sie grüßten 👋 sich.\n'.repeat(200) }
    await store.keepSummary(general, { seq: 1, rev: 1, text: 'short' })
    await store.keepSummary(general, long)
    expect(await store.summary(general)).toStrictEqual(long)
    expect(await store.summary(roomId('club'))).toBeUndefined()
  })

  test('a summary can be taken away', async () => {
    const store = given()
    await store.keepSummary(general, { seq: 1, rev: 1, text: 'short' })
    await store.keepSummary(general, undefined)
    expect(await store.summary(general)).toBeUndefined()
    await store.keepSummary(general, undefined)
    expect(await store.summary(general)).toBeUndefined()
  })

  test('a summary is no message, and a change of the room leaves it', async () => {
    const store = given()
    await withReply(store)
    await store.keepSummary(general, { seq: 1, rev: 1, text: 'short' })
    await store.changeRoom(general, { topic: 'new' })
    await append(store, draft(9, 1))
    expect(await store.summary(general)).toStrictEqual({ seq: 1, rev: 1, text: 'short' })
    expect(await head(store)).toBe(3)
  })
}
