import { limits } from '@parley/protocol'
import { expect, test } from 'vitest'
import type { Store } from '../../ports/store.ts'
import { append, draft, general, instant, messageId, roomId, upTo, whole } from '../samples.ts'
import { changeReply, end, growReply, growth, head, reply, restart, withReply } from './reply-samples.ts'

export const streamTests = (given: () => Store): void => {
  const stored = () => given().message(general, reply)
  const text = async () => (await stored())?.message.text

  test('a reply begins with a rev, may be empty, and says who makes it until when', async () => {
    const begun = await withReply(given())
    expect(begun).toStrictEqual({
      message: {
        id: reply,
        room: general,
        seq: 2,
        rev: 2,
        from: { id: begun.message.from.id, name: 'Person 2', kind: 'bot' },
        text: '',
        at: instant(2),
        replyTo: messageId(1),
        streaming: true,
      },
      stream: { run: 2, leaseUntil: instant(10_000), restarts: 0 },
    })
    expect(await stored()).toStrictEqual(begun)
    expect((await given().history(general, {}, whole)).messages[1]).toStrictEqual(begun)
    expect((await given().messagesSince(general, 1, whole)).messages).toStrictEqual([begun])
  })

  test('a reply that was begun is begun once, and answered as it stands', async () => {
    const { message } = await withReply(given())
    const grown = await growReply(given(), 0, 'Hello')
    const again = draft(2, 2, { from: message.from, text: '', streaming: { leaseUntil: instant(90_000) } })
    expect(await given().appendMessage(again)).toStrictEqual({ stored: grown, repeated: true })
    expect(await given().appendMessage(draft(2, 1))).toBe('conflict')
    expect(await stored()).toStrictEqual(grown)
  })

  test('growing adds text, renews the lease, and takes no rev', async () => {
    const begun = await withReply(given())
    const grown = await growReply(given(), 0, 'Hello')
    expect(grown).toStrictEqual({
      message: { ...begun.message, text: 'Hello' },
      stream: { run: 2, leaseUntil: instant(20_000), restarts: 0 },
    })
    expect(await stored()).toStrictEqual(grown)
    expect((await growReply(given(), 5, ', all')).message.text).toBe('Hello, all')
    expect((await given().history(general, {}, whole)).messages[1]?.message).toMatchObject({
      text: 'Hello, all',
      rev: 2,
    })
    expect((await given().messagesSince(general, 1, whole)).messages[0]?.message.text).toBe('Hello, all')
    expect(await given().messagesSince(general, 2, whole)).toStrictEqual({ messages: [], rev: 2, more: false })
    expect(await head(given())).toBe(2)
    expect((await append(given(), draft(3, 1))).stored.message.rev).toBe(3)
  })

  test('text that is there already adds nothing, whole or in part', async () => {
    await withReply(given())
    await growReply(given(), 0, 'one two three')
    for (const [at, piece, whole] of [
      [0, 'one two three', 'one two three'],
      [4, 'two', 'one two three'],
      [13, '', 'one two three'],
      [3, '', 'one two three'],
      [8, 'three four', 'one two three four'],
      [0, 'one two three four five', 'one two three four five'],
    ] as const) {
      expect((await growReply(given(), at, piece)).message.text).toBe(whole)
    }
    expect(await text()).toBe('one two three four five')
    expect(await head(given())).toBe(2)
  })

  test('what is there already renews the lease all the same', async () => {
    await withReply(given())
    await growReply(given(), 0, 'one')
    const later = growth(0, 'one', { leaseUntil: instant(50_000) })
    expect(await given().growMessage(general, reply, later)).toMatchObject({ stream: { leaseUntil: instant(50_000) } })
    expect((await stored())?.stream?.leaseUntil).toBe(instant(50_000))
  })

  test('a gap, another text, an end and an unknown message are told apart and change nothing', async () => {
    await withReply(given())
    const before = await growReply(given(), 0, 'one two')
    const grow = (at: number, text: string, run?: number) =>
      given().growMessage(general, reply, growth(at, text, run === undefined ? {} : { run }))
    expect(await grow(8, 'x')).toBe('gap')
    expect(await grow(8, '')).toBe('gap')
    expect(await grow(4, 'three')).toBe('different')
    expect(await grow(0, 'One')).toBe('different')
    expect(await grow(7, ' three', 1)).toBe('ended')
    expect(await grow(7, ' three', 3)).toBe('ended')
    expect(await given().growMessage(general, messageId(9), growth(0, 'x'))).toBe('missing')
    expect(await given().growMessage(roomId('nowhere'), reply, growth(0, 'x'))).toBe('missing')
    expect(await given().growMessage(general, messageId(1), growth(6, 'x'))).toBe('ended')
    expect(await stored()).toStrictEqual(before)
    expect((await growReply(given(), 7, ' three', 2)).message.text).toBe('one two three')
    await changeReply(given(), end())
    expect(await grow(13, '!')).toBe('ended')
    expect(await grow(0, 'one')).toBe('ended')
    expect(await text()).toBe('one two three')
  })

  test('a making that was begun anew goes on from nothing, and the one before is told that it ended', async () => {
    await withReply(given())
    await growReply(given(), 0, 'one two', 2)
    const { stored: anew } = await changeReply(given(), restart(2))
    expect(anew.message.text).toBe('')
    expect(await given().growMessage(general, reply, growth(7, '!', { run: 2 }))).toBe('ended')
    expect((await growReply(given(), 0, 'eins', 3)).message.text).toBe('eins')
    expect(await given().growMessage(general, reply, growth(0, 'one', { run: 3 }))).toBe('different')
  })

  test('places are counted in UTF-16 units', async () => {
    await withReply(given())
    await growReply(given(), 0, 'a👋한')
    expect(await given().growMessage(general, reply, growth(5, 'x'))).toBe('gap')
    expect(await given().growMessage(general, reply, growth(3, 'x'))).toBe('different')
    expect((await growReply(given(), 4, '👍🏽\n')).message.text).toBe('a👋한👍🏽\n')
    expect((await growReply(given(), 1, '👋한👍🏽\n"\\')).message.text).toBe('a👋한👍🏽\n"\\')
    expect(await text()).toBe('a👋한👍🏽\n"\\')
  })

  test('a reply grows to the longest text there may be', async () => {
    await withReply(given())
    const piece = '한글'.repeat(1_500)
    for (const number of upTo(10)) await growReply(given(), (number - 1) * piece.length, piece)
    expect(await text()).toBe(piece.repeat(10))
    expect(await text()).toHaveLength(limits.botTextUnits)
  })

  test('pieces that come at once, doubled and in order, make one text', async () => {
    await withReply(given())
    const words = upTo(30).map((number) => `word ${number} `)
    let at = 0
    const pieces = words.map((word) => {
      at += word.length
      return growth(at - word.length, word)
    })
    const answers = await Promise.all(
      pieces.flatMap((piece) => [piece, piece]).map((piece) => given().growMessage(general, reply, piece)),
    )
    for (const answer of answers) expect(answer === 'gap' || typeof answer === 'object').toBe(true)
    for (const piece of pieces) await growReply(given(), piece.at, piece.text)
    expect(await text()).toBe(words.join(''))
    expect(await head(given())).toBe(2)
  })

  test('growing between other acts leaves their revs without gaps', async () => {
    await withReply(given())
    let said = ''
    const growing = async () => {
      for (const number of upTo(12)) said = (await growReply(given(), said.length, `${number} `)).message.text
    }
    const revs: number[] = []
    const talking = async (user: number) => {
      for (const number of upTo(6)) {
        revs.push((await append(given(), draft(user * 100 + number, user))).stored.message.rev)
      }
    }
    await Promise.all([growing(), talking(1), talking(2)])
    expect(revs.sort((one, other) => one - other)).toStrictEqual(upTo(12).map((number) => number + 2))
    expect(await stored()).toMatchObject({ message: { rev: 2, text: said } })
    expect(said).toBe(`${upTo(12).join(' ')} `)
  })

  test('a reaction to a reply takes a rev and leaves it growing', async () => {
    const { message } = await withReply(given())
    await growReply(given(), 0, 'one')
    const reacted = await changeReply(given(), { kind: 'react', user: message.from.id, emoji: '👍', on: true })
    expect(reacted.stored).toMatchObject({
      message: { rev: 3, text: 'one', streaming: true, reactions: { '👍': [message.from.id] } },
      stream: { run: 2, leaseUntil: instant(20_000) },
    })
    expect((await growReply(given(), 3, ' two', 2)).message).toMatchObject({ text: 'one two', rev: 3 })
    expect((await stored())?.message.reactions).toStrictEqual({ '👍': [message.from.id] })
  })
}
