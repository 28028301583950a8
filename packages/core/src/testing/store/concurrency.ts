import { expect, test } from 'vitest'
import type { StoredMessage } from '../../ports/records.ts'
import type { Store } from '../../ports/store.ts'
import {
  account,
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

/** Checks all that holds of a room whatever happened in it, and answers its messages. */
const consistent = async (store: Store, room = general): Promise<readonly StoredMessage[]> => {
  const { messages, rev, more } = await store.history(room, {}, whole)
  expect(more).toBe(false)
  expect(await store.revs([room])).toStrictEqual(new Map([[room, rev]]))
  const list = messages.map(({ message }) => message)
  for (const [index, message] of list.slice(1).entries()) {
    const previous = list[index]
    expect(message.seq).toBeGreaterThan(previous?.seq ?? 0)
    expect(message.at > (previous?.at ?? '')).toBe(true)
  }
  expect(new Set(list.map(({ id }) => id)).size).toBe(list.length)
  const since = await store.messagesSince(room, 0, whole)
  expect(since).toMatchObject({ rev, more: false })
  expect(since.messages).toStrictEqual(messages.toSorted((one, other) => one.message.rev - other.message.rev))
  return messages
}

/** Lets everything else go on that is under way. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** All pages of messagesSince, laid over what is held, as a client does it. */
const follow = async (store: Store, held: Map<string, StoredMessage>, since: number): Promise<number> => {
  for (;;) {
    const page = await store.messagesSince(general, since, { limit: 7, bytes: 100_000 })
    for (const stored of page.messages) {
      expect(stored.message.rev).toBeGreaterThan(since)
      held.set(stored.message.id, stored)
    }
    since = page.rev
    if (!page.more) return since
  }
}

export const concurrencyTests = (given: () => Store): void => {
  test('many append at once: revs without gaps, times strictly ascending, ids unique', async () => {
    const store = given()
    await addPeople(store, 8)
    const answers = await Promise.all(
      upTo(96).map((number) => append(store, draft(number, (number % 8) + 1, { at: instant(number % 5) }))),
    )
    const revs = answers.map(({ stored }) => stored.message.rev).sort((one, other) => one - other)
    expect(revs).toStrictEqual(upTo(96))
    const messages = await consistent(store)
    expect(messages).toHaveLength(96)
    for (const { stored } of answers) expect(messages).toContainEqual(stored)
  })

  test('many append at once to many rooms: each counts for itself', async () => {
    const store = given()
    await addPeople(store, 2)
    const rooms = upTo(5).map((number) => roomId(`room-${number}`))
    await Promise.all(rooms.map((room) => store.createRoom(facts(room), [])))
    await Promise.all(upTo(50).map((number) => append(store, draft(number, 1, { room: rooms[number % 5] ?? general }))))
    for (const room of rooms) {
      expect((await consistent(store, room)).map(({ message }) => message.rev)).toStrictEqual(upTo(10))
    }
  })

  test('one id sent many times at once is stored once', async () => {
    const store = given()
    await addPeople(store, 1)
    const answers = await Promise.all(
      upTo(60).map((number) => append(store, draft(number % 6, 1, { text: `try ${number}`, at: instant(number) }))),
    )
    expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(6)
    const messages = await consistent(store)
    expect(messages.map(({ message }) => message.rev)).toStrictEqual(upTo(6))
    for (const { stored } of answers) expect(messages).toContainEqual(stored)
  })

  test('one id sent by two authors at once is stored for one of them', async () => {
    const store = given()
    await addPeople(store, 2)
    const answers = await Promise.all([1, 2, 1, 2].map((user) => store.appendMessage(draft(1, user))))
    expect(answers.filter((answer) => answer === 'conflict')).toHaveLength(2)
    expect(answers.filter((answer) => answer !== 'conflict' && !answer.repeated)).toHaveLength(1)
    expect(await consistent(store)).toHaveLength(1)
  })

  test('appends, edits, deletions and reactions at once: each change has a rev of its own', async () => {
    const store = given()
    await addPeople(store, 6)
    for (const number of upTo(8)) await append(store, draft(number, 1))
    const change = async (number: number): Promise<number | undefined> => {
      const id = messageId((number % 8) + 1)
      const user = userId((number % 6) + 1)
      const answer = await store.changeMessage(
        general,
        id,
        number % 11 === 0
          ? { kind: 'delete', at: instant(1_000 + number) }
          : number % 2 === 0
            ? { kind: 'edit', text: `edit ${number}`, at: instant(1_000 + number) }
            : { kind: 'react', user, emoji: number % 3 === 0 ? '👍' : '🎉', on: number % 4 < 3 },
      )
      return typeof answer !== 'string' && answer.changed ? answer.stored.message.rev : undefined
    }
    const taken = await Promise.all(
      upTo(60).map(async (number) =>
        number % 3 === 0 ? (await append(store, draft(100 + number, 2))).stored.message.rev : change(number),
      ),
    )
    const revs = taken.filter((rev) => rev !== undefined).sort((one, other) => one - other)
    expect(revs.length).toBeGreaterThan(20)
    expect(revs).toStrictEqual(upTo(revs.length).map((rev) => rev + 8))
    expect(await consistent(store)).toHaveLength(28)
    expect((await store.revs([general])).get(general)).toBe(8 + revs.length)
  })

  test('who reads while others write misses nothing', async () => {
    const store = given()
    await addPeople(store, 4)
    const held = new Map<string, StoredMessage>()
    let since = 0
    let writing = true
    const writers = Promise.all(
      upTo(4).map(async (user) => {
        for (const number of upTo(12)) {
          await append(store, draft(user * 100 + number, user))
          await store.changeMessage(general, messageId(user * 100 + 1), {
            kind: 'edit',
            text: `edit ${number}`,
            at: instant(number),
          })
        }
      }),
    ).finally(() => {
      writing = false
    })
    while (writing) {
      since = await follow(store, held, since)
      await turn()
    }
    await writers
    since = await follow(store, held, since)
    const messages = await consistent(store)
    expect(since).toBe(96)
    expect(messages.map(({ message }) => held.get(message.id))).toStrictEqual(messages)
    expect(held.size).toBe(48)
  })

  test('a read that begins after an act was answered sees it', async () => {
    const store = given()
    await addPeople(store, 4)
    await Promise.all(
      upTo(4).map(async (user) => {
        for (const number of upTo(10)) {
          const { stored } = await append(store, draft(user * 100 + number, user))
          const { rev, id } = stored.message
          expect((await store.revs([general])).get(general)).toBeGreaterThanOrEqual(rev)
          expect(await store.message(general, id)).toStrictEqual(stored)
          expect((await store.messagesSince(general, rev - 1, whole)).messages).toContainEqual(stored)
          expect(await store.moveMarker(general, userId(user), rev)).toBe(rev)
          expect((await store.overviews(userId(user), [general]))[0]?.membership.read).toBe(rev)
        }
      }),
    )
  })

  test('of accounts that want one name at once one gets it', async () => {
    const store = given()
    await addPeople(store, 4)
    const names = ['Ana', 'ANA', 'ana', 'aNa']
    const answers = await Promise.all([
      ...names.map((name, index) => store.addUser(account(index + 10, { name }))),
      ...names.map((name, index) => store.changeUser(userId(index + 1), { name })),
    ])
    expect(answers.filter((answer) => answer !== 'taken')).toHaveLength(1)
    const holder = await store.userByName('ana')
    expect(names).toContain(holder?.name)
    expect((await store.findUsers('ana', 10)).map(({ id }) => id)).toStrictEqual([holder?.id])
  })
}
