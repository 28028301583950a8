import type { MessageChange, Store } from '@parley/core'
import { describe, expect, test } from 'vitest'
import { linesOf } from './testing/archive-lines.ts'
import { Crash } from './testing/crash.ts'
import { localDynamo } from './testing/local-dynamo.ts'
import { application, change, end, grow, piece, reply, rivalMakers } from './testing/replies.ts'
import { at, draft, general, user, whole } from './testing/samples.ts'

const dynamo = localDynamo()
const given = () => rivalMakers(dynamo)

const text = async (store: Store) => (await store.message(general, reply))?.message.text
const reads = (store: Store) => [
  store.message(general, reply),
  store.history(general, {}, whole).then(({ messages }) => messages.find((one) => one.message.id === reply)),
  store.messagesSince(general, 0, whole).then(({ messages }) => messages.find((one) => one.message.id === reply)),
]

/** Who changes the reply has decided so, and stops before the reply itself is changed. */
const decided = async ({ gated }: Awaited<ReturnType<typeof given>>, what: MessageChange) => {
  const { store, gate } = gated(...application)
  const changing = change(store, what)
  await gate.reached
  return { changing, gate }
}

describe('of those who make one reply', () => {
  test('two that grow it at once lose nothing', async () => {
    const place = await given()
    const [first, second] = [0, 1].map(() => place.gated('UpdateItem', '"units"'))
    const growing = [
      grow(first?.store as Store, piece(4, 'two ')),
      grow(second?.store as Store, piece(4, 'two three ')),
    ]
    await Promise.all([first?.gate.reached, second?.gate.reached])
    second?.gate.open()
    expect(await growing[1]).toMatchObject({ message: { text: 'one two three ' } })
    first?.gate.open()
    expect(await growing[0]).toMatchObject({ message: { text: 'one two three ' } })
    expect(await text(place.open())).toBe('one two three ')
  })

  test('one that knows a shorter text than there is looks again', async () => {
    const { store, open } = await given()
    const other = open()
    await other.message(general, reply)
    await grow(store, piece(4, 'two '))
    expect(await grow(other, piece(8, 'three '))).toMatchObject({ message: { text: 'one two three ' } })
    expect(await grow(store, piece(8, 'four '))).toBe('different')
    await change(other, end())
    expect(await grow(store, piece(14, 'four '))).toBe('ended')
    await change(other, { kind: 'retry', leaseUntil: at(5_000) })
    expect(await grow(store, piece(0, 'uno ', 4))).toMatchObject({ message: { text: 'uno ' } })
  })

  test('what grows before an end is seen is in it, for all', async () => {
    const place = await given()
    const { changing, gate } = await decided(place, end())
    expect(await grow(place.store, piece(4, 'two'))).toMatchObject({ message: { text: 'one two' } })
    gate.open()
    const { stored } = (await changing) as { stored: unknown }
    expect(stored).toMatchObject({ message: { text: 'one two', ended: 'done', rev: 3 } })
    for (const read of reads(place.open())) expect(await read).toStrictEqual(stored)
  })

  test.each(['message', 'history', 'sync'])('nothing grows after its end was seen by %s', async (name) => {
    const place = await given()
    const { changing, gate } = await decided(place, end())
    const index = ['message', 'history', 'sync'].indexOf(name)
    const seen = await reads(place.open())[index]
    expect(seen).toMatchObject({ message: { text: 'one ', ended: 'done', rev: 3 } })
    expect(await grow(place.store, piece(4, 'two'))).toBe('ended')
    gate.open()
    expect(await changing).toStrictEqual({ stored: seen, changed: true })
    for (const read of reads(place.open())) expect(await read).toStrictEqual(seen)
  })

  test('nothing grows after its end was seen by an archive', async () => {
    const place = await given()
    const { changing, gate } = await decided(place, end())
    expect((await linesOf(place.archive)).join('')).toContain('"ended":"done"')
    expect(await grow(place.store, piece(4, 'two'))).toBe('ended')
    gate.open()
    expect(await changing).toMatchObject({ stored: { message: { text: 'one ' } } })
  })

  test('an end with its text overwrites what grows meanwhile', async () => {
    const place = await given()
    const { changing, gate } = await decided(place, end({ text: 'one two.' }))
    await grow(place.store, piece(4, 'two three'))
    gate.open()
    expect(await changing).toMatchObject({ stored: { message: { text: 'one two.' } } })
    for (const read of reads(place.open())) expect((await read)?.message.text).toBe('one two.')
  })

  test('an end that another applies tells the text that it then had', async () => {
    const place = await given()
    const { changing, gate } = await decided(place, end())
    await grow(place.store, piece(4, 'two'))
    await place.open().appendMessage(draft(3))
    gate.open()
    expect(await changing).toMatchObject({ stored: { message: { text: 'one two', rev: 3 } } })
    expect(await text(place.open())).toBe('one two')
  })

  test('a maker that was given up adds nothing to what another makes', async () => {
    const place = await given()
    const { changing, gate } = await decided(place, { kind: 'restart', run: 2, leaseUntil: at(5_000) })
    expect(await grow(place.store, piece(4, 'two', 2))).toMatchObject({ message: { text: 'one two' } })
    gate.open()
    expect(await changing).toMatchObject({ stored: { message: { text: '' }, stream: { run: 3, restarts: 1 } } })
    expect(await grow(place.store, piece(7, ' three', 2))).toBe('ended')
    expect(await grow(place.open(), piece(0, 'eins', 3))).toMatchObject({ message: { text: 'eins' } })
    expect(await text(place.open())).toBe('eins')
  })

  test('a maker that is slow to grow it finds that another has begun anew', async () => {
    const place = await given()
    const slow = place.gated('UpdateItem', '"units"')
    const growing = grow(slow.store, piece(4, 'two', 2))
    await slow.gate.reached
    await change(place.store, { kind: 'restart', run: 2, leaseUntil: at(5_000) })
    slow.gate.open()
    expect(await growing).toBe('ended')
    expect(await text(place.open())).toBe('')
  })

  test('a reaction and a piece at once are both there', async () => {
    const place = await given()
    const { changing, gate } = await decided(place, { kind: 'react', user: user(1), emoji: '👍', on: true })
    await grow(place.store, piece(4, 'two'))
    gate.open()
    expect(await changing).toMatchObject({ stored: { message: { text: 'one two', rev: 3 } } })
    const seen = { message: { text: 'one two', reactions: { '👍': [user(1)] } }, stream: { leaseUntil: at(2_000) } }
    for (const read of reads(place.open())) expect(await read).toMatchObject(seen)
  })

  test('one of two takes a lease over', async () => {
    const { store, gated } = await given()
    const { store: slow, gate } = gated('UpdateItem', '"claim"')
    const lease = (until: number) => ({ run: 2, until: at(until), endedBefore: at(3_000) })
    const claiming = slow.leaseStream(general, reply, lease(50_000))
    await gate.reached
    expect(await store.leaseStream(general, reply, lease(60_000))).toBe(true)
    gate.open()
    expect(await claiming).toBe(false)
    expect((await store.message(general, reply))?.stream?.leaseUntil).toBe(at(60_000))
  })
})

describe('no text of a deleted reply is left', () => {
  const deletion = { kind: 'delete', at: at(90) } as const

  test('neither of its growth nor of its ends nor of its variants', async () => {
    const { store, scan } = await given()
    await grow(store, piece(4, 'secret one'))
    await change(store, end({ text: 'secret two' }))
    await store.keepVariant(general, reply, { index: 0, text: 'secret two', ended: 'done' })
    await change(store, { kind: 'retry', leaseUntil: at(1_000) })
    await grow(store, piece(0, 'secret three'))
    await change(store, end())
    await store.keepVariant(general, reply, { index: 1, text: 'secret three', ended: 'done' })
    await change(store, { kind: 'show', variant: { index: 0, text: 'secret two', ended: 'done' } })
    await change(store, deletion)
    expect((await scan()).includes('secret')).toBe(false)
  })

  test('nor of what grows or is kept while it is deleted', async () => {
    const place = await given()
    const { changing, gate } = await decided(place, deletion)
    await grow(place.store, piece(4, 'secret'))
    const keeping = place.gated('PutItem', 'variant#')
    const kept = keeping.store.keepVariant(general, reply, { index: 0, text: 'secret' })
    await keeping.gate.reached
    gate.open()
    await changing
    keeping.gate.open()
    await kept
    expect((await place.scan()).includes('secret')).toBe(false)
  })

  test.each([
    ['UpdateItem', '"deletedAt"'],
    ['Query', 'variant#'],
    ['BatchWriteItem', 'variant#01'],
    ['UpdateItem', '"change"'],
  ])('though who deletes it dies before %s of %s', async (...call) => {
    const { store, scan, dying } = await given()
    await change(store, end({ text: 'secret' }))
    for (const index of [0, 1]) await store.keepVariant(general, reply, { index, text: 'secret' })
    await expect(change(dying(...call), deletion)).rejects.toThrow(Crash)
    await change(store, deletion)
    expect((await scan()).includes('secret')).toBe(false)
  })
})
