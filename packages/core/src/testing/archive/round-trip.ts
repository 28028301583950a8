import { expect, test } from 'vitest'
import type { Store } from '../../ports/store.ts'
import type { MakeArchive } from '../archive-contract.ts'
import { account, append, draft, facts, general, guest, instant, messageId, upTo, userId, whole } from '../samples.ts'
import { answersOf } from './answers.ts'
import { fill, linesOf } from './lines.ts'
import { makeWholeChat, wholeChat } from './whole-chat.ts'

/** What a server does to a chat that has been moved: what it answered, and all that is there afterwards. */
const goOn = async (store: Store): Promise<unknown[]> => {
  const react = { kind: 'react', user: userId(2), emoji: '🎉', on: false } as const
  return [
    await store.appendMessage(draft(2, 2)),
    await store.appendMessage(draft(2, 1)),
    await store.changeMessage(general, messageId(3), { kind: 'edit', text: 'no', at: instant(2_000) }),
    await store.changeMessage(general, messageId(1), react),
    await store.changeMessage(general, messageId(4), { kind: 'edit', text: 'again', at: instant(2_001) }),
    await store.changeMessage(general, messageId(4), { kind: 'delete', at: instant(2_002) }),
    await append(store, draft(50, 1, { at: instant(0), origin: 'c3' })),
    await store.changeMessage(general, messageId(50), { kind: 'edit', text: 'and again', at: instant(2_003) }),
    await store.overviews(userId(1), wholeChat.rooms),
    await store.moveMarker(general, userId(1), 9),
    await store.moveMarker(general, userId(2), 12),
    await store.moveMarker(general, userId(3), 1_000),
    await store.moveMarker(general, userId(4), 0),
    await store.addUser(account(30, { name: 'renamed' })),
    await store.addUser(guest(31, 'ZOË 한글 👋')),
    await store.addUser(account(32, { name: 'Person 3' })),
    await store.addUser(account(33, { name: 'Visitor' })),
    await store.changeUser(userId(1), { name: 'HELPER' }),
    await store.createRoom(facts('club'), []),
    await answersOf(store),
  ]
}

export const roundTripTests = (make: MakeArchive): void => {
  test('an empty store has nobody and general, and can be brought elsewhere', async () => {
    const [from, to] = [await make(), await make()]
    const lines = await linesOf(from.archive)
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { parley: 'export', version: 1, passwords: true },
      { type: 'room', id: 'general', kind: 'public', name: 'general', topic: '' },
      { type: 'end', users: 0, rooms: 1, members: 0, messages: 0, broadcasts: 0 },
    ])
    await fill(to.archive, lines)
    expect(await linesOf(to.archive)).toStrictEqual(lines)
    const store = await to.open()
    expect(await store.addUser(account(1))).toBe('added')
    expect(await store.overviews(userId(1), [general])).toMatchObject([{ rev: 0, unread: 0 }])
  })

  test('what is brought elsewhere is the same there, line by line and in every answer', async () => {
    const [from, to] = [await make(), await make()]
    const before = await from.open()
    await makeWholeChat(before)
    const lines = await linesOf(from.archive)
    expect(await fill(to.archive, lines)).toStrictEqual({
      users: 7,
      rooms: 5,
      members: 12,
      messages: 10,
      broadcasts: 2,
    })
    expect(await linesOf(to.archive)).toStrictEqual(lines)
    expect(await answersOf(await to.open())).toStrictEqual(await answersOf(before))
  })

  test('a chat that was moved goes on as it would have', async () => {
    const [from, to] = [await make(), await make()]
    const before = await from.open()
    await makeWholeChat(before)
    await fill(to.archive, await linesOf(from.archive))
    const after = await to.open()
    expect(await goOn(after)).toStrictEqual(await goOn(before))
    expect(await linesOf(to.archive)).toStrictEqual(await linesOf(from.archive))
  })

  test('passwords come only when they are asked for', async () => {
    const [from, to] = [await make(), await make()]
    await makeWholeChat(await from.open())
    const bare = await linesOf(from.archive, false)
    expect(bare.join('\n')).not.toContain('argon2id')
    await fill(to.archive, bare)
    expect(await linesOf(to.archive, false)).toStrictEqual(bare)
    const store = await to.open()
    expect(await store.user(userId(4))).toStrictEqual(account(4, { name: 'Zoë 한글 👋', role: 'owner' }))
  })

  test('the longest texts, bags and reactions fit', async () => {
    const [from, to] = [await make(), await make()]
    const store = await from.open()
    await store.addUser(account(1))
    const text = `${'한'.repeat(9_998)}👋`
    await append(store, draft(1, 1, { text, bag: 'x'.repeat(2_048) }))
    for (const number of upTo(200)) {
      const emoji = ['😀', '🎉', '👍', '❤️'][number % 4] as string
      await store.changeMessage(general, messageId(1), { kind: 'react', user: userId(number), emoji, on: true })
    }
    const bot = { id: userId(9), name: 'Bot', kind: 'bot' } as const
    for (const number of upTo(40)) await append(store, draft(number + 1, 9, { from: bot, text: '字'.repeat(30_000) }))
    const lines = await linesOf(from.archive)
    await fill(to.archive, lines)
    expect(await linesOf(to.archive)).toStrictEqual(lines)
    const after = await to.open()
    expect(await after.history(general, {}, whole)).toStrictEqual(await store.history(general, {}, whole))
  })
}
