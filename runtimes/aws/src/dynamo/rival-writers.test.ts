import type { Store } from '@parley/core'
import { describe, expect, test } from 'vitest'
import { Crash } from './testing/crash.ts'
import { localDynamo } from './testing/local-dynamo.ts'
import { rivals } from './testing/rivals.ts'
import { at, draft, general, message, room, user, whole } from './testing/samples.ts'

const dynamo = localDynamo()
const given = (people?: number) => rivals(dynamo, people)

const edit = (store: Store, number: number, text: string) =>
  store.changeMessage(general, message(number), { kind: 'edit', text, at: at(500) })
const texts = async (store: Store) => (await store.history(general, {}, whole)).messages.map((one) => one.message.text)
const revs = async (store: Store) =>
  (await store.messagesSince(general, 0, whole)).messages.map((one) => one.message.rev)

/** Leaves an edit of the first message in the log that is not in the message yet. */
const leaveUnapplied = async ({ store, gated }: Awaited<ReturnType<typeof rivals>>) => {
  await store.appendMessage(draft(1))
  const slow = gated('UpdateItem', '"edits"')
  const editing = edit(slow.store, 1, 'edited')
  await slow.gate.reached
  return { editing, gate: slow.gate }
}

describe('of writers in one room', () => {
  test.each(['at once', 'after asking who it is'])(
    'one that comes %s applies the edit of one who is slow',
    async (how) => {
      const place = await given()
      const { editing, gate } = await leaveUnapplied(place)
      const other = place.open()
      expect(await texts(other)).toStrictEqual(['edited'])
      if (how !== 'at once') await other.standing(general, user(2))
      await other.appendMessage(draft(2, 2))
      expect(await texts(place.open())).toStrictEqual(['edited', 'text 2'])
      expect(await revs(place.open())).toStrictEqual([2, 3])
      await edit(other, 1, 'edited again')
      await other.appendMessage(draft(3, 2))
      gate.open()
      expect(await editing).toMatchObject({ changed: true, stored: { message: { text: 'edited', rev: 2 } } })
      expect(await texts(place.open())).toStrictEqual(['edited again', 'text 2', 'text 3'])
      expect(await revs(place.open())).toStrictEqual([3, 4, 5])
    },
  )

  test('one that applies the edit of another too late does no harm', async () => {
    const place = await given()
    await leaveUnapplied(place)
    const slow = place.gated('UpdateItem', '"edits"')
    const sending = slow.store.appendMessage(draft(2))
    await slow.gate.reached
    await edit(place.store, 1, 'edited again')
    await place.store.appendMessage(draft(3))
    slow.gate.open()
    expect(await sending).toMatchObject({ stored: { message: { rev: 5 } } })
    expect(await texts(place.open())).toStrictEqual(['edited again', 'text 3', 'text 2'])
  })

  test('a change of another message applies it too', async () => {
    const place = await given()
    await place.store.appendMessage(draft(5))
    await leaveUnapplied(place)
    await edit(place.open(), 5, 'other')
    expect(await texts(place.open())).toStrictEqual(['other', 'edited'])
  })

  test('two with one id, whose place was taken, agree on the next', async () => {
    const { store, open, gated } = await given()
    const intoTheLog = '"sk":{"S":"rev#'
    const [first, second] = [gated('PutItem', intoTheLog), gated('PutItem', intoTheLog)]
    const sending = first.store.appendMessage(draft(1))
    await first.gate.reached
    const sendingAgain = second.store.appendMessage(draft(1))
    await second.gate.reached
    await store.appendMessage(draft(2, 2))
    first.gate.open()
    const answer = await sending
    await store.appendMessage(draft(3, 2))
    second.gate.open()
    expect(await sendingAgain).toStrictEqual({ ...(answer as object), repeated: true })
    expect(await texts(open())).toStrictEqual(['text 2', 'text 1', 'text 3'])
  })

  test('one that looked before another wrote does not take its rev', async () => {
    const { store, open } = await given()
    const early = open()
    await early.standing(general, user(1))
    await store.appendMessage(draft(2, 2))
    await early.standing(room('elsewhere'), user(1))
    expect(await early.appendMessage(draft(1))).toMatchObject({ stored: { message: { rev: 2 } } })
    expect(await texts(store)).toStrictEqual(['text 2', 'text 1'])
  })

  test('one that looked before another wrote does not call a change needless that is not', async () => {
    const place = await given()
    await place.store.appendMessage(draft(1))
    const early = place.open()
    await early.standing(general, user(1))
    await leaveUnapplied(place)
    expect(await edit(early, 1, 'text 1')).toMatchObject({ changed: true, stored: { message: { rev: 3 } } })
    expect(await texts(place.open())).toStrictEqual(['text 1'])
  })

  test('a reader overtaken by an edit reads on until it has it', async () => {
    const { store, gated } = await given()
    for (const number of [1, 2]) await store.appendMessage(draft(number))
    await edit(store, 1, 'edited')
    const slow = gated('BatchGetItem', 'rev#')
    const reading = slow.store.messagesSince(general, 0, whole)
    await slow.gate.reached
    await edit(store, 1, 'edited again')
    slow.gate.open()
    const { messages, rev, more } = await reading
    expect(messages.map((one) => [one.message.text, one.message.rev])).toStrictEqual([
      ['text 2', 2],
      ['edited again', 4],
    ])
    expect({ rev, more }).toStrictEqual({ rev: 4, more: false })
  })

  test.each([
    ['PutItem', '"token"'],
    ['UpdateItem', '"deletedAt"'],
    ['UpdateItem', 'rev#000000000002'],
    ['UpdateItem', 'rev#000000000003'],
    ['UpdateItem', 'REMOVE #n0"'],
  ])(
    'a deleted message takes its former texts with it, though who deletes it dies before %s of %s',
    async (...call) => {
      const { store, scan, dying } = await given()
      await store.appendMessage(draft(1, 1, { text: 'secret' }))
      for (const text of ['secret once', 'secret twice']) await edit(store, 1, text)
      const change = { kind: 'delete', at: at(600) } as const
      await expect(dying(...call).changeMessage(general, message(1), change)).rejects.toThrow(Crash)
      await store.changeMessage(general, message(1), change)
      expect((await scan()).includes('secret')).toBe(false)
    },
  )
})

test('of two that set something for bots at once neither is lost', async () => {
  const { store, open, gated } = await given()
  const slow = gated('UpdateItem', '"botToken"')
  const setting = slow.store.changeRoom(general, { bot: { model: 'fast' } })
  await slow.gate.reached
  await store.changeRoom(general, { bot: { speaks: 'always' } })
  slow.gate.open()
  expect((await setting)?.bot).toStrictEqual({ model: 'fast', speaks: 'always' })
  expect((await open().room(general))?.bot).toStrictEqual({ model: 'fast', speaks: 'always' })
})
