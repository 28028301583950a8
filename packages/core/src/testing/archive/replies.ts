import { expect, test } from 'vitest'
import type { BotProfile } from '../../ports/records.ts'
import type { Store } from '../../ports/store.ts'
import type { MakeArchive } from '../archive-contract.ts'
import { account, append, draft, facts, general, instant, membership, messageId, userId, whole } from '../samples.ts'
import { changeReply, end, growReply, growth, head, reply, retry, withReply } from '../store/reply-samples.ts'
import { fill, linesOf } from './lines.ts'

const hook: BotProfile = {
  runs: 'hook',
  model: 'fast',
  instructions: 'Be kind.\n👋',
  hook: { room: general, hash: 'x'.repeat(43) },
}

/** A reply with two variants besides the second, which is shown; and a bot in every place where there may be one. */
const makeReplies = async (store: Store): Promise<void> => {
  await withReply(store)
  await store.addUser(account(3, { kind: 'bot', bot: hook }))
  const people = [userId(1), userId(2)]
  const direct = facts('d.1-2', { kind: 'direct', name: '', with: people, bots: [userId(2)] })
  await store.createRoom(direct, [membership('d.1-2', 1)])
  await store.changeRoom(general, { bot: { speaks: 'always', temperature: 0, bot: userId(2), instructions: '' } })
  await changeReply(store, end({ text: 'first 👋\n', ended: 'stopped', endedBy: userId(1) }))
  await store.keepVariant(general, reply, { index: 0, text: 'first 👋\n', ended: 'stopped', endedBy: userId(1) })
  await changeReply(store, retry())
  await changeReply(store, end({ text: 'second' }))
  await store.keepVariant(general, reply, { index: 1, text: 'second', ended: 'done' })
  await changeReply(store, retry())
  await changeReply(store, end({ text: 'third', ended: 'length' }))
  await store.keepVariant(general, reply, { index: 2, text: 'third', ended: 'length' })
  await changeReply(store, { kind: 'show', variant: { index: 1, text: 'second', ended: 'done' } })
}

const replyIn = (lines: readonly string[]) =>
  lines.map((line) => JSON.parse(line)).find(({ type, id }) => type === 'message' && id === reply)

export const replyTests = (make: MakeArchive): void => {
  test('bots, what is set for them, and the variants of a reply are brought elsewhere', async () => {
    const [from, to] = [await make(), await make()]
    const before = await from.open()
    await makeReplies(before)
    const lines = await linesOf(from.archive)
    await fill(to.archive, lines)
    expect(await linesOf(to.archive)).toStrictEqual(lines)
    const store = await to.open()
    for (const number of [1, 2, 3])
      expect(await store.user(userId(number))).toStrictEqual(await before.user(userId(number)))
    expect(await store.bots()).toStrictEqual(await before.bots())
    for (const room of [general, facts('d.1-2').id]) {
      expect(await store.room(room)).toStrictEqual(await before.room(room))
    }
    expect(await store.message(general, reply)).toStrictEqual(await before.message(general, reply))
    for (const index of [0, 2]) {
      expect(await store.variant(general, reply, index)).toStrictEqual(await before.variant(general, reply, index))
    }
  })

  test('a record has the variants that are not shown, by index, and no others', async () => {
    const { archive, open } = await make()
    const store = await open()
    await makeReplies(store)
    const others = [
      { index: 0, text: 'first 👋\n', ended: 'stopped', endedBy: userId(1) },
      { index: 2, text: 'third', ended: 'length' },
    ]
    expect(replyIn(await linesOf(archive))).toMatchObject({ text: 'second', variants: { index: 1, count: 3 }, others })
    await changeReply(store, { kind: 'delete', at: instant(900) })
    expect(replyIn(await linesOf(archive))).not.toHaveProperty('others')
  })

  test('a reply that is brought elsewhere can be tried again, and its variants shown', async () => {
    const [from, to] = [await make(), await make()]
    await makeReplies(await from.open())
    await fill(to.archive, await linesOf(from.archive))
    const store = await to.open()
    const first = await store.variant(general, reply, 0)
    if (!first) throw new Error('the first variant is not there')
    expect((await changeReply(store, { kind: 'show', variant: first })).stored.message).toMatchObject({
      text: 'first 👋\n',
      ended: 'stopped',
      variants: { index: 0, count: 3 },
    })
    expect((await changeReply(store, retry())).stored.message.variants).toStrictEqual({ index: 3, count: 4 })
  })

  test('a reply that comes growing has no maker: it is an orphan, and goes on or ends as any other', async () => {
    const [from, to] = [await make(), await make()]
    const before = await from.open()
    const { message } = await withReply(before)
    await growReply(before, 0, 'half a sen')
    await before.changeMessage(general, messageId(1), { kind: 'edit', text: 'other', at: instant(20) })
    const lines = await linesOf(from.archive)
    expect(replyIn(lines)).toMatchObject({ text: 'half a sen', streaming: true })
    await fill(to.archive, lines)
    expect(await linesOf(to.archive)).toStrictEqual(lines)
    const store = await to.open()
    expect(await store.message(general, reply)).toMatchObject({
      message: { ...message, text: 'half a sen' },
      stream: { restarts: 0 },
    })
    expect(await store.orphans(instant(1_000))).toStrictEqual([{ room: general, id: reply }])
    const run = (await store.message(general, reply))?.stream?.run ?? 0
    const claim = { run, until: instant(30_000), endedBefore: instant(1_000) }
    expect(await store.leaseStream(general, reply, claim)).toBe(true)
    expect(await store.orphans(instant(1_000))).toStrictEqual([])
    expect(await store.growMessage(general, reply, growth(10, 'tence', { run }))).toMatchObject({
      message: { text: 'half a sentence', rev: 2 },
    })
    expect((await changeReply(store, end({ ended: 'interrupted', run }))).stored.message.rev).toBe(4)
    expect((await append(store, draft(9, 1))).stored.message.rev).toBe(5)
    expect(await head(store)).toBe(5)
    expect((await store.messagesSince(general, 3, whole)).messages).toHaveLength(2)
  })
}
