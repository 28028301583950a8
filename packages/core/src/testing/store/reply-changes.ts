import { limits } from '@parley/protocol'
import { expect, test } from 'vitest'
import type { MessageChange } from '../../ports/records.ts'
import type { Store } from '../../ports/store.ts'
import { append, draft, general, instant, messageId, roomId, upTo, userId, whole } from '../samples.ts'
import { changeReply, end, growReply, growth, head, reply, restart, retry, show, withReply } from './reply-samples.ts'

export const replyChangeTests = (given: () => Store): void => {
  const stored = () => given().message(general, reply)
  const change = (what: MessageChange) => given().changeMessage(general, reply, what)

  test('an end takes the next rev, and keeps what was said and how it ended', async () => {
    const { message } = await withReply(given())
    await growReply(given(), 0, 'one two')
    const { streaming: _streaming, ...rest } = message
    const ended = { message: { ...rest, rev: 3, text: 'one two', ended: 'stopped', endedBy: userId(1) } }
    expect(await changeReply(given(), end({ ended: 'stopped', endedBy: userId(1) }))).toStrictEqual({
      stored: ended,
      changed: true,
    })
    expect(await stored()).toStrictEqual(ended)
    expect((await given().history(general, {}, whole)).messages[1]).toStrictEqual(ended)
    expect((await given().messagesSince(general, 2, whole)).messages).toStrictEqual([ended])
  })

  test('an end may bring the whole text, and then that one holds', async () => {
    await withReply(given())
    await growReply(given(), 0, 'one tow')
    expect((await changeReply(given(), end({ text: 'one two three' }))).stored).toMatchObject({
      message: { rev: 3, text: 'one two three', ended: 'done' },
    })
    expect((await stored())?.message.text).toBe('one two three')
  })

  test('an end for another making, a second end, and the end of what never grew change nothing', async () => {
    await withReply(given())
    expect(await change(end({ run: 1 }))).toBe('ended')
    expect(await head(given())).toBe(2)
    await changeReply(given(), end({ run: 2 }))
    expect(await change(end({ ended: 'failed' }))).toBe('ended')
    expect(await given().changeMessage(general, messageId(1), end())).toBe('ended')
    expect(await given().changeMessage(general, messageId(9), end())).toBe('missing')
    expect(await given().changeMessage(roomId('nowhere'), reply, end())).toBe('missing')
    expect(await head(given())).toBe(3)
    expect((await stored())?.message.ended).toBe('done')
  })

  test('of several ends at once one holds', async () => {
    await withReply(given())
    const answers = await Promise.all(
      (['done', 'stopped', 'failed', 'interrupted'] as const).map((ended) => change(end({ ended, text: ended }))),
    )
    const made = answers.filter((answer) => typeof answer === 'object')
    expect(made).toHaveLength(1)
    expect(await stored()).toStrictEqual(made[0]?.stored)
    expect(await head(given())).toBe(3)
  })

  test('a restart empties the reply for another maker, and counts', async () => {
    await withReply(given())
    await growReply(given(), 0, 'one')
    expect((await changeReply(given(), restart(2))).stored).toMatchObject({
      message: { rev: 3, seq: 2, text: '', streaming: true },
      stream: { run: 3, leaseUntil: instant(30_000), restarts: 1 },
    })
    expect(await change(restart(2))).toBe('ended')
    expect((await changeReply(given(), restart(3))).stored.stream).toMatchObject({ run: 4, restarts: 2 })
    expect(await head(given())).toBe(4)
  })

  test('what a person may not edit while it grows can be edited after', async () => {
    await withReply(given())
    expect(await change({ kind: 'edit', text: 'mine', at: instant(50) })).toBe('streaming')
    expect(await head(given())).toBe(2)
    await changeReply(given(), end({ text: 'one' }))
    expect((await changeReply(given(), { kind: 'edit', text: 'mine', at: instant(50) })).stored.message).toMatchObject({
      text: 'mine',
      ended: 'done',
      editedAt: instant(50),
    })
  })

  test('a deletion ends the stream, and leaves nothing of how it was made', async () => {
    const { message } = await withReply(given())
    await growReply(given(), 0, 'one')
    await changeReply(given(), { kind: 'delete', at: instant(50) })
    const { streaming: _streaming, ...rest } = message
    const tombstone = { message: { ...rest, rev: 3, text: '', deletedAt: instant(50) } }
    expect(await stored()).toStrictEqual(tombstone)
    expect(await given().growMessage(general, reply, growth(3, ' two'))).toBe('ended')
    for (const what of [end(), restart(2), retry(), show({ index: 0, text: 'x' })]) {
      expect(await change(what)).toBe('deleted')
    }
    expect(await stored()).toStrictEqual(tombstone)
  })

  test('a retry begins another reply in the place of an ended one', async () => {
    const { message } = await withReply(given())
    expect(await change(retry())).toBe('streaming')
    await changeReply(given(), end({ text: 'one', ended: 'stopped', endedBy: userId(1) }))
    expect((await changeReply(given(), retry())).stored).toStrictEqual({
      message: { ...message, rev: 4, text: '', streaming: true, variants: { index: 1, count: 2 } },
      stream: { run: 4, leaseUntil: instant(30_000), restarts: 0 },
    })
    expect(await change(retry())).toBe('streaming')
    expect((await growReply(given(), 0, 'two', 4)).message).toMatchObject({ text: 'two', rev: 4 })
    expect((await changeReply(given(), end({ run: 4 }))).stored.message).toMatchObject({
      rev: 5,
      text: 'two',
      ended: 'done',
      variants: { index: 1, count: 2 },
    })
  })

  test('of several retries at once one begins', async () => {
    await withReply(given())
    await changeReply(given(), end())
    const answers = await Promise.all(upTo(5).map(() => change(retry())))
    expect(answers.filter((answer) => answer !== 'streaming')).toHaveLength(1)
    expect((await stored())?.message.variants).toStrictEqual({ index: 1, count: 2 })
  })

  test('there are so many variants at most', async () => {
    await withReply(given())
    await changeReply(given(), end())
    for (const _ of upTo(limits.variantsMax - 1)) {
      await changeReply(given(), retry())
      await changeReply(given(), end())
    }
    expect(await change(retry())).toBe('full')
    const count = limits.variantsMax
    expect((await stored())?.message.variants).toStrictEqual({ index: count - 1, count })
  })

  test('another variant is shown with its text and its end', async () => {
    await withReply(given())
    expect(await change(show({ index: 0, text: 'x' }))).toBe('streaming')
    await changeReply(given(), end({ text: 'first', ended: 'stopped', endedBy: userId(1) }))
    expect(await change(show({ index: 0, text: 'x' }))).toBe('full')
    await changeReply(given(), retry())
    expect(await change(show({ index: 0, text: 'x' }))).toBe('streaming')
    await changeReply(given(), end({ text: 'second' }))
    const first = { index: 0, text: 'first', ended: 'stopped', endedBy: userId(1) } as const
    expect((await changeReply(given(), show(first))).stored.message).toMatchObject({
      rev: 6,
      text: 'first',
      ended: 'stopped',
      endedBy: userId(1),
      variants: { index: 0, count: 2 },
    })
    expect(await changeReply(given(), show(first))).toMatchObject({ changed: false, stored: { message: { rev: 6 } } })
    expect(await change(show({ index: 2, text: 'x' }))).toBe('full')
    const { message } = (await changeReply(given(), show({ index: 1, text: 'second', ended: 'done' }))).stored
    expect(message).toMatchObject({ rev: 7, text: 'second', ended: 'done', variants: { index: 1, count: 2 } })
    expect(message).not.toHaveProperty('endedBy')
    expect(await stored()).toStrictEqual({ message })
  })

  test('a retry after an older one was shown makes the next of all', async () => {
    await withReply(given())
    await changeReply(given(), end({ text: 'first' }))
    await changeReply(given(), retry())
    await changeReply(given(), end({ text: 'second' }))
    await changeReply(given(), show({ index: 0, text: 'first', ended: 'done' }))
    expect((await changeReply(given(), retry())).stored.message.variants).toStrictEqual({ index: 2, count: 3 })
  })

  test('all the changes of a reply take revs without gaps, whoever else speaks', async () => {
    await withReply(given())
    const revs: number[] = []
    const took = (rev: number) => revs.push(rev)
    const making = async () => {
      for (const number of upTo(4)) {
        await growReply(given(), 0, `reply ${number}`)
        took((await changeReply(given(), end())).stored.message.rev)
        took((await changeReply(given(), retry())).stored.message.rev)
      }
    }
    const talking = async () => {
      for (const number of upTo(10)) took((await append(given(), draft(100 + number, 1))).stored.message.rev)
    }
    await Promise.all([making(), talking()])
    expect(revs.sort((one, other) => one - other)).toStrictEqual(upTo(18).map((number) => number + 2))
    expect(await head(given())).toBe(20)
  })
}
