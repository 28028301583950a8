import type { MessageChange, Store, StoredMessage } from '@parley/core'
import type { MessageId } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import { dynamoStore } from './dynamo-store.ts'
import { openItems } from './items.ts'
import { roomPartition, streamsPartition } from './keys.ts'
import { type Entry, placeOf } from './log-entry.ts'
import { Crash, crashable } from './testing/crash.ts'
import { type Dice, dice } from './testing/dice.ts'
import { localDynamo } from './testing/local-dynamo.ts'
import { replyDraft } from './testing/replies.ts'
import { account, at, draft, general, message, user, whole } from './testing/samples.ts'

/*
 * Makers, of whom each dies now and then, begin, lengthen, end, begin anew and try again the same three replies. What a
 * making says is its own rev, again and again: so each text tells who made it.
 */

const dynamo = localDynamo()
const replies = [1, 2, 3].map(message)
const makers = [1, 2, 3, 4]
const actsEach = 40
const farOff = at(9_000_000)

/** What a maker was told of the text of a making. */
interface Told {
  readonly id: MessageId
  readonly run: number
  readonly text: string
  readonly ended?: { readonly rev: number }
}

const wordOf = (run: number): string => `${run},`

const growing = async (store: Store, id: MessageId): Promise<Told | undefined> => {
  const stored = await store.message(general, id)
  if (!stored?.stream) return undefined
  const { run } = stored.stream
  const piece = { at: stored.message.text.length, text: wordOf(run), leaseUntil: at(1), run }
  const grown = await store.growMessage(general, id, piece)
  return typeof grown === 'string' ? undefined : { id, run, text: grown.message.text }
}

const ending = async (store: Store, id: MessageId): Promise<Told | undefined> => {
  const run = (await store.message(general, id))?.stream?.run
  if (run === undefined) return undefined
  const ended = await store.changeMessage(general, id, { kind: 'end', ended: 'done', run })
  if (typeof ended === 'string') return undefined
  const { text, rev } = ended.stored.message
  return { id, run, text, ended: { rev } }
}

const changing = async (store: Store, id: MessageId, change: (run: number) => MessageChange) => {
  const run = (await store.message(general, id))?.stream?.run ?? 0
  await store.changeMessage(general, id, change(run))
  return undefined
}

type Act = (store: Store) => Promise<Told | undefined>

const anyAct = (chance: Dice, maker: number, number: number): Act => {
  const index = chance.roll(replies.length)
  const id = replies[index] as MessageId
  const kind = chance.roll(22)
  if (kind < 9) return (store) => growing(store, id)
  if (kind < 12) return (store) => ending(store, id)
  if (kind < 13) return (store) => changing(store, id, (run) => ({ kind: 'restart', run, leaseUntil: at(1) }))
  if (kind < 17) return (store) => changing(store, id, () => ({ kind: 'retry', leaseUntil: at(1) }))
  const reaction = { kind: 'react', user: user(maker), emoji: '👍', on: kind === 17 } as const
  if (kind < 19) return (store) => changing(store, id, () => reaction)
  return async (store) => {
    if (kind === 19) await store.orphans(farOff)
    else await store.appendMessage(kind === 20 ? draft(maker * 100 + number, 1) : replyDraft(index + 1))
    return undefined
  }
}

const make = async (table: string, maker: number, chance: Dice): Promise<readonly Told[]> => {
  const client = dynamo.client()
  const process = crashable(client)
  const told: Told[] = []
  const start = (): Store => {
    process.arm({ at: 1 + chance.roll(30), when: chance.pick(['before', 'after']) })
    return dynamoStore({ client, table })
  }
  let store = start()
  for (let number = 1; number <= actsEach; number += 1) {
    try {
      const answer = await anyAct(chance, maker, number)(store)
      if (answer) told.push(answer)
    } catch (error) {
      if (!(error instanceof Crash)) throw error
      store = start()
    }
  }
  return told
}

/** Reads a reply over and over: at one rev its text only grows, and not at all when it has ended. */
const watcher = (store: Store, id: MessageId) => {
  let before: StoredMessage | undefined
  return async () => {
    const now = await store.message(general, id)
    if (before && now) {
      expect(now.message.rev).toBeGreaterThanOrEqual(before.message.rev)
      if (now.message.rev === before.message.rev) {
        if (before.stream) expect(now.message.text.startsWith(before.message.text)).toBe(true)
        else expect(now).toStrictEqual(before)
      }
    }
    before = now ?? before
  }
}

describe('makers of replies who die now and then', () => {
  test.each([1, 2])('lose nothing that they were told is said: seed %i', async (seed) => {
    const table = await dynamo.table()
    const client = dynamo.client()
    const reader = dynamoStore({ client, table })
    for (const number of [1, 2]) await reader.addUser(account(number))
    for (const number of [1, 2, 3]) await reader.appendMessage(replyDraft(number))

    const watchers = replies.map((id) => watcher(dynamoStore({ client, table }), id))
    let making = true
    const watching = (async () => {
      while (making) for (const watch of watchers) await watch()
    })()
    const told = (await Promise.all(makers.map((maker) => make(table, maker, dice(seed * 100 + maker))))).flat()
    making = false
    await watching

    const items = openItems({ client, table, pause: async () => {} })
    const log: Entry[] = []
    for await (const page of items.pages<Entry>({ pk: roomPartition(general), prefix: 'rev#' })) log.push(...page)
    expect(log.map(placeOf)).toStrictEqual(log.map((_, position) => position + 1))

    const { messages } = await reader.history(general, {}, whole)
    const byRev = messages.toSorted((one, other) => one.message.rev - other.message.rev)
    expect((await reader.messagesSince(general, 0, whole)).messages).toStrictEqual(byRev)

    for (const { run, text } of told) expect(text).toBe(wordOf(run).repeat(text.length / wordOf(run).length))
    for (const { id, run, text } of told) {
      const end = told.find((one) => one.id === id && one.run === run && one.ended)
      if (end) expect(end.text.startsWith(text)).toBe(true)
      const now = messages.find((one) => one.message.id === id)
      if (now?.stream?.run === run) expect(now.message.text.startsWith(text)).toBe(true)
      if (now && now.message.rev === end?.ended?.rev) expect(now.message.text).toBe(end.text)
    }
    expect(told.filter(({ ended }) => ended).length).toBeGreaterThan(0)

    const streaming = messages.flatMap(({ message: { id }, stream }) => (stream ? id : []))
    const orphans = async () => (await reader.orphans(farOff)).map(({ id }) => id).toSorted()
    expect(await orphans()).toStrictEqual(streaming.toSorted())
    for (const id of streaming) await reader.changeMessage(general, id, { kind: 'end', ended: 'interrupted' })
    await reader.appendMessage(draft(9_999))
    expect(await orphans()).toStrictEqual([])
    expect((await items.query({ pk: streamsPartition })).items).toStrictEqual([])
  })
})
