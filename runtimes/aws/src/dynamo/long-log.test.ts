import type { MessageChange } from '@parley/core'
import { beforeAll, expect, test } from 'vitest'
import { dynamoStore } from './dynamo-store.ts'
import { openItems } from './items.ts'
import { logKey } from './keys.ts'
import { entryOf, type MessageEntry, type PatchEntry } from './log-entry.ts'
import { intercept } from './testing/intercept.ts'
import { localDynamo } from './testing/local-dynamo.ts'
import { at, draft, general, message, room, user, whole } from './testing/samples.ts'

/*
 * In `general` three messages, then five hundred reactions to the first that come and go, then a fourth message; in the
 * club seven hundred messages, one of a second's distance to the next, of which the first person has said the hundredth.
 */

const club = room('club')
const reactions = 500
const messages = 700
const dynamo = localDynamo()
const client = dynamo.client()
let table: string

/** A store, and how often it asks. */
const counted = () => {
  const counting = dynamo.client()
  let calls = 0
  intercept(counting, (_, run) => {
    calls += 1
    return run()
  })
  return { store: dynamoStore({ client: counting, table }), calls: () => calls }
}

beforeAll(async () => {
  table = await dynamo.table()
  const items = openItems({ client, table, pause: async () => {} })
  const store = dynamoStore({ client, table })
  await store.createRoom({ id: club, kind: 'private', name: 'Club', topic: '', createdAt: at(0) }, [])
  for (const number of [1, 2, 3]) await store.appendMessage(draft(number, 1, { origin: 'c1' }))
  const change: MessageChange = { kind: 'react', user: user(2), emoji: '👍', on: true }
  const patches = Array.from({ length: reactions }, (_, index): PatchEntry => {
    const rev = 4 + index
    const onOrOff = { ...change, on: index % 2 === 0 }
    return { ...logKey(general, rev), rev, of: 1, change: onOrOff, n: 3, newestSeq: 3, newestAt: at(3), token: 't' }
  })
  const first = await items.get<MessageEntry>(logKey(general, 1))
  await items.putAll([...patches, { ...first, ...logKey(general, 1), rev: 3 + reactions } as MessageEntry])
  await store.appendMessage(draft(4))

  const said = Array.from({ length: messages }, (_, index) => {
    const rev = index + 1
    const by = rev === 100 ? { origin: 'c1' } : { origin: 'c2' }
    return entryOf(draft(rev, rev === 100 ? 1 : 2, { room: club, at: at(rev * 1000), ...by }), rev, index, undefined)
  })
  await items.putAll(said)
  await store.addMember({ room: club, user: user(1), role: 'member', joinedAt: at(0), read: 0 })
})

const seqs = (list: readonly { readonly message: { readonly seq: number } }[]) => list.map((one) => one.message.seq)

test('history leaps over a run of changes', async () => {
  const { store, calls } = counted()
  const page = await store.history(general, {}, { limit: 3, bytes: 100_000 })
  expect(seqs(page.messages)).toStrictEqual([2, 3, 4 + reactions])
  expect(page).toMatchObject({ rev: 4 + reactions, more: true })
  expect(calls()).toBeLessThanOrEqual(3)
})

test('sync tells a message once that was changed often', async () => {
  const { store } = counted()
  const { messages, rev, more } = await store.messagesSince(general, 0, { limit: 3, bytes: 100_000 })
  expect(messages.map((one) => one.message.rev)).toStrictEqual([2, 3, 3 + reactions])
  expect({ rev, more }).toStrictEqual({ rev: 3 + reactions, more: true })
})

test('a long log is read whole, by history and by sync', async () => {
  const { store } = counted()
  const { messages: all } = await store.history(club, {}, whole)
  expect(all).toHaveLength(messages)
  expect((await store.messagesSince(club, 0, whole)).messages).toStrictEqual(all)
  expect(seqs((await store.history(club, { after: 550 }, whole)).messages)).toHaveLength(messages - 550)
})

test('the latest message is found far back, by halving the time', async () => {
  const { store, calls } = counted()
  const latest = (from: number, until: number) => store.latestMessage(user(1), 'c1', at(from * 1000), at(until * 1000))
  expect((await latest(50, 150))?.id).toBe(message(100))
  expect(calls()).toBeLessThanOrEqual(25)
  expect(await latest(101, 150)).toBeUndefined()
  expect(await latest(50, 99)).toBeUndefined()
  expect((await latest(50, 10_000))?.id).toBe(message(100))
  expect((await store.latestMessage(user(1), 'c1', at(0), at(500)))?.id).toBe(message(3))
})
