import type { Draft, MessageChange, Store, StoredMessage } from '@parley/core'
import type { MessageId, RoomId } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import { dynamoStore } from './dynamo-store.ts'
import { openItems } from './items.ts'
import { roomPartition } from './keys.ts'
import { type Entry, isPatch, type PatchEntry, placeOf } from './log-entry.ts'
import { Crash, crashable } from './testing/crash.ts'
import { type Dice, dice } from './testing/dice.ts'
import { localDynamo } from './testing/local-dynamo.ts'
import { account, at, draft, facts, general, member, message, room, user, whole } from './testing/samples.ts'

const dynamo = localDynamo()
const club = room('club')
const rooms = [general, club]
const writers = [1, 2, 3, 4]
const actsEach = 22
const idsEach = 5

/** What a writer was told that it has done. */
type Told =
  | { readonly kind: 'sent'; readonly draft: Draft; readonly seq: number }
  | {
      readonly kind: 'changed'
      readonly room: RoomId
      readonly id: MessageId
      readonly change: MessageChange
      readonly rev: number
    }

type Act = (store: Store) => Promise<Told | undefined>

/** The draft of one of a writer's ids, always the same: so that it may be sent again. */
const draftOf = (writer: number, index: number, place: RoomId): Draft =>
  draft(writer * 100 + index, writer, { room: place, text: `by ${writer}, ${index}`, at: at(index) })

const sending =
  (what: Draft): Act =>
  async (store) => {
    const answer = await store.appendMessage(what)
    if (answer === 'conflict') throw new Error('an own id is no conflict')
    return { kind: 'sent', draft: what, seq: answer.stored.message.seq }
  }

const changing =
  (place: RoomId, id: MessageId, change: MessageChange): Act =>
  async (store) => {
    const answer = await store.changeMessage(place, id, change)
    if (typeof answer === 'string' || !answer.changed) return undefined
    return { kind: 'changed', room: place, id, change, rev: answer.stored.message.rev }
  }

const anyChange = (chance: Dice, writer: number, number: number): MessageChange => {
  const kind = chance.roll(10)
  if (kind === 0) return { kind: 'delete', at: at(number) }
  if (kind < 5) return { kind: 'edit', text: `edit ${writer}-${number}`, at: at(number) }
  return { kind: 'react', user: user(writer), emoji: chance.pick(['👍', '🎉']), on: kind < 8 }
}

const anyAct = (chance: Dice, writer: number, number: number): Act => {
  const place = chance.pick(rooms)
  if (chance.roll(2) === 0) return sending(draftOf(writer, chance.roll(idsEach), place))
  const id = message(chance.pick(writers) * 100 + chance.roll(idsEach))
  return changing(place, id, anyChange(chance, writer, number))
}

/** One writer. Its process dies now and then; the next takes up the act that was under way, or leaves it. */
const write = async (table: string, writer: number, chance: Dice): Promise<readonly Told[]> => {
  const client = dynamo.client()
  const process = crashable(client)
  const told: Told[] = []
  const start = (): Store => {
    process.arm({ at: 1 + chance.roll(14), when: chance.pick(['before', 'after']) })
    return dynamoStore({ client, table })
  }
  let store = start()
  for (let number = 1; number <= actsEach; number += 1) {
    const act = anyAct(chance, writer, number)
    for (let tries = 0; tries < 3; tries += 1) {
      try {
        if (chance.roll(3) === 0) await store.standing(chance.pick(rooms), user(writer))
        const answer = await act(store)
        if (answer) told.push(answer)
        break
      } catch (error) {
        if (!(error instanceof Crash)) throw error
        store = start()
        if (chance.roll(3) > 0) break
      }
    }
  }
  return told
}

/** Follows a room page by page, as a client does. */
const follower = (store: Store, place: RoomId) => {
  const held = new Map<MessageId, StoredMessage>()
  let since = 0
  return {
    held,
    async follow() {
      for (let more = true; more; ) {
        const page = await store.messagesSince(place, since, { limit: 3, bytes: 100_000 })
        for (const stored of page.messages) held.set(stored.message.id, stored)
        more = page.more
        since = page.rev
      }
    },
  }
}

interface Model {
  seq: number
  rev: number
  text: string
  deleted: boolean
  /** `emoji user` */
  reactions: readonly string[]
}

const changeModel = (model: Model, { change, rev }: PatchEntry): Model => {
  if (change.kind === 'edit') return { ...model, rev, text: change.text }
  if (change.kind === 'delete') return { ...model, rev, text: '', deleted: true, reactions: [] }
  if (change.kind !== 'react') throw new Error(`nobody makes a change of the kind ${change.kind}`)
  const one = `${change.emoji} ${change.user}`
  const others = model.reactions.filter((other) => other !== one)
  return { ...model, rev, reactions: change.on ? [...others, one] : others }
}

/** What the log says happened, from its beginning. */
const replay = (log: readonly Entry[], drafts: ReadonlyMap<MessageId, Draft>): ReadonlyMap<MessageId, Model> => {
  const models = new Map<MessageId, Model>()
  const ids = new Map<number, MessageId>()
  for (const entry of log) {
    if (isPatch(entry)) {
      const id = ids.get(entry.of) as MessageId
      const before = models.get(id) as Model
      expect(before.deleted, 'nothing changes a deleted message').toBe(false)
      const after = changeModel(before, entry)
      if (entry.change.kind !== 'edit' || entry.change.text !== '') {
        expect({ ...after, rev: before.rev }, 'a change changes something').not.toStrictEqual(before)
      }
      models.set(id, after)
    } else {
      expect(ids, 'an id is in the log once').not.toContain(entry.id)
      ids.set(entry.seq, entry.id)
      const { text = '' } = drafts.get(entry.id) ?? {}
      models.set(entry.id, { seq: entry.seq, rev: entry.seq, text, deleted: false, reactions: [] })
    }
  }
  return models
}

const modelOf = ({ message: { seq, rev, text, deletedAt, reactions = {} } }: StoredMessage): Model => ({
  seq,
  rev,
  text,
  deleted: deletedAt !== undefined,
  reactions: Object.entries(reactions).flatMap(([emoji, users]) => users.map((one) => `${emoji} ${one}`)),
})

const sorted = (model: Model): Model => ({ ...model, reactions: [...model.reactions].sort() })

const expectTold = (told: Told, log: readonly Entry[]): void => {
  if (told.kind === 'sent') {
    expect(log[told.seq - 1]).toMatchObject({ id: told.draft.id, seq: told.seq })
    return
  }
  const entry = log[told.rev - 1] as PatchEntry
  const subject = log[entry.of - 1]
  expect(subject).toMatchObject({ id: told.id })
  const isForgotten = subject && !isPatch(subject) && subject.deletedAt !== undefined && told.change.kind === 'edit'
  if (isForgotten) expect(entry.change.kind).toBe('edit')
  else expect(entry.change).toStrictEqual(told.change)
}

describe('writers who die now and then', () => {
  test.each([1, 2, 3])('lose nothing, double nothing and leave no gap: seed %i', async (seed) => {
    const table = await dynamo.table()
    const client = dynamo.client()
    const reader = dynamoStore({ client, table })
    await Promise.all(writers.map((writer) => reader.addUser(account(writer))))
    await reader.createRoom(
      facts(club),
      writers.map((writer) => member(club, writer)),
    )

    const followers = rooms.map((place) => follower(dynamoStore({ client, table }), place))
    let writing = true
    const reading = (async () => {
      while (writing) for (const one of followers) await one.follow()
    })()
    const told = (await Promise.all(writers.map((writer) => write(table, writer, dice(seed * 100 + writer))))).flat()
    writing = false
    await reading

    const items = openItems({ client, table, pause: async () => {} })
    for (const [index, place] of rooms.entries()) {
      const log: Entry[] = []
      for await (const page of items.pages<Entry>({ pk: roomPartition(place), prefix: 'rev#' })) log.push(...page)
      expect(log.map(placeOf)).toStrictEqual(log.map((_, position) => position + 1))

      const there = told.filter((one) => (one.kind === 'sent' ? one.draft.room : one.room) === place)
      for (const one of there) expectTold(one, log)
      const changes = there.flatMap((one) => (one.kind === 'changed' ? one.rev : []))
      expect(new Set(changes).size).toBe(changes.length)

      const { messages, rev } = await reader.history(place, {}, whole)
      expect(rev).toBe(log.length)
      const drafts = new Map(
        writers.flatMap((writer) =>
          Array.from({ length: idsEach }, (_, number) => draftOf(writer, number, place)).map((one) => [one.id, one]),
        ),
      )
      const models = [...replay(log, drafts).values()].map(sorted)
      expect(messages.map(modelOf).map(sorted)).toStrictEqual(models)

      const since = await reader.messagesSince(place, 0, whole)
      expect(since.rev).toBe(rev)
      const byRev = messages.toSorted((one, other) => one.message.rev - other.message.rev)
      expect(since.messages).toStrictEqual(byRev)
      await followers[index]?.follow()
      expect(messages.map(({ message: { id } }) => followers[index]?.held.get(id))).toStrictEqual(messages)
      expect(followers[index]?.held.size).toBe(messages.length)
    }
  })
})
