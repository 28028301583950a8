import { limits } from '@parley/protocol'
import { expect, test } from 'vitest'
import type { MessageChange } from '../../ports/records.ts'
import type { Store } from '../../ports/store.ts'
import { addPeople, append, draft, general, instant, messageId, roomId, upTo, userId, whole } from '../samples.ts'

const edit = (text: string, ms = 100): MessageChange => ({ kind: 'edit', text, at: instant(ms) })
const remove = (ms = 200): MessageChange => ({ kind: 'delete', at: instant(ms) })
const react = (emoji: string, user = 1, on = true): MessageChange => ({ kind: 'react', user: userId(user), emoji, on })

/** Different emoji, as many as asked for. */
const emoji = (number: number): string => String.fromCodePoint(0x1f600 + number)

export const changeTests = (given: () => Store): void => {
  const withMessages = async (): Promise<Store> => {
    const store = given()
    await addPeople(store, 2)
    await append(store, draft(1, 1, { replyTo: messageId(9), bag: 'bag', origin: 'c1' }))
    await append(store, draft(2, 1))
    return store
  }
  const change = (store: Store, what: MessageChange) => store.changeMessage(general, messageId(1), what)
  const changed = async (store: Store, what: MessageChange) => {
    const answer = await change(store, what)
    if (typeof answer === 'string') throw new Error(answer)
    expect(await store.message(general, messageId(1))).toStrictEqual(answer.stored)
    return answer
  }
  const head = async (store: Store) => (await store.revs([general])).get(general)

  test('an edit takes the next rev, and keeps place, author, time and bag', async () => {
    const store = await withMessages()
    const before = await store.message(general, messageId(1))
    expect(await changed(store, edit('new'))).toStrictEqual({
      changed: true,
      stored: { message: { ...before?.message, text: 'new', rev: 3, editedAt: instant(100) }, bag: 'bag' },
    })
    expect(await changed(store, edit('newer', 101))).toMatchObject({
      stored: { message: { rev: 4, seq: 1, editedAt: instant(101) } },
    })
    expect((await store.history(general, {}, whole)).messages.map(({ message }) => message.text)).toStrictEqual([
      'newer',
      'text 2',
    ])
  })

  test('an edit to the same text changes nothing', async () => {
    const store = await withMessages()
    const stored = await store.message(general, messageId(1))
    expect(await changed(store, edit('text 1'))).toStrictEqual({ stored, changed: false })
    await change(store, edit('new'))
    expect(await changed(store, edit('new', 150))).toMatchObject({
      changed: false,
      stored: { message: { rev: 3, editedAt: instant(100) } },
    })
    expect(await head(store)).toBe(3)
  })

  test('a deleted message keeps its place, without text, reactions and time of editing', async () => {
    const store = await withMessages()
    await change(store, edit('new'))
    await change(store, react('👍'))
    expect(await changed(store, remove())).toStrictEqual({
      changed: true,
      stored: {
        message: {
          id: messageId(1),
          room: general,
          seq: 1,
          rev: 5,
          from: { id: userId(1), name: 'Person 1', kind: 'person' },
          text: '',
          at: instant(1),
          replyTo: messageId(9),
          deletedAt: instant(200),
        },
        bag: 'bag',
      },
    })
  })

  test('nothing changes a deleted message', async () => {
    const store = await withMessages()
    await change(store, remove())
    expect(await changed(store, remove(300))).toMatchObject({
      changed: false,
      stored: { message: { rev: 3, deletedAt: instant(200) } },
    })
    expect(await change(store, edit('new'))).toBe('deleted')
    expect(await change(store, edit(''))).toBe('deleted')
    expect(await change(store, react('👍'))).toBe('deleted')
    expect(await change(store, react('👍', 1, false))).toBe('deleted')
    expect(await head(store)).toBe(3)
  })

  test('a message that is not there is missing', async () => {
    const store = await withMessages()
    for (const what of [edit('new'), remove(), react('👍')]) {
      expect(await store.changeMessage(general, messageId(9), what)).toBe('missing')
      expect(await store.changeMessage(roomId('nowhere'), messageId(1), what)).toBe('missing')
    }
    expect(await head(store)).toBe(2)
  })

  test('reactions come and go, in the order of reacting', async () => {
    const store = await withMessages()
    const after = async (what: MessageChange) => {
      const { stored, changed: made } = await changed(store, what)
      return { rev: stored.message.rev, made, reactions: stored.message.reactions }
    }
    const both = { '👍': [userId(2), userId(1)] }
    expect(await after(react('👍', 2))).toStrictEqual({ rev: 3, made: true, reactions: { '👍': [userId(2)] } })
    expect(await after(react('👍', 1))).toStrictEqual({ rev: 4, made: true, reactions: both })
    expect(await after(react('👍', 2))).toStrictEqual({ rev: 4, made: false, reactions: both })
    expect(await after(react('🎉', 2, false))).toStrictEqual({ rev: 4, made: false, reactions: both })
    expect(await after(react('🎉', 2))).toMatchObject({ rev: 5, reactions: { ...both, '🎉': [userId(2)] } })
    expect(await after(react('👍', 2, false))).toMatchObject({ reactions: { '👍': [userId(1)], '🎉': [userId(2)] } })
    expect(await after(react('👍', 1, false))).toMatchObject({ rev: 7, reactions: { '🎉': [userId(2)] } })
    expect(await after(react('🎉', 2, false))).toStrictEqual({ rev: 8, made: true, reactions: undefined })
    expect((await store.message(general, messageId(1)))?.message).not.toHaveProperty('reactions')
    expect((await store.message(general, messageId(1)))?.message).not.toHaveProperty('editedAt')
  })

  test('a message holds so many different emoji', async () => {
    const store = await withMessages()
    for (const number of upTo(limits.emojiPerMessage)) await change(store, react(emoji(number)))
    const rev = await head(store)
    expect(await change(store, react(emoji(60)))).toBe('full')
    expect(await changed(store, react(emoji(1)))).toMatchObject({ changed: false })
    expect(await head(store)).toBe(rev)
    expect(await changed(store, react(emoji(1), 2))).toMatchObject({ changed: true })
    await change(store, react(emoji(2), 1, false))
    expect(await changed(store, react(emoji(60)))).toMatchObject({ changed: true })
  })

  test('a message holds so many reactions of all people', async () => {
    const store = await withMessages()
    await Promise.all(
      upTo(limits.reactionsPerMessage).map((number) => change(store, react(emoji(number % 10), number))),
    )
    const stored = await store.message(general, messageId(1))
    expect(Object.values(stored?.message.reactions ?? {}).flat()).toHaveLength(limits.reactionsPerMessage)
    expect(await change(store, react(emoji(1), 500))).toBe('full')
    expect(await change(store, react(emoji(15), 500))).toBe('full')
    expect(await changed(store, react(emoji(1), 1))).toMatchObject({ changed: false })
    expect(await changed(store, react(emoji(1), 1, false))).toMatchObject({ changed: true })
    expect(await changed(store, react(emoji(1), 500))).toMatchObject({ changed: true })
  })
}
