import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Store } from '../../ports/store.ts'
import {
  addPeople,
  draft,
  facts,
  general,
  instant,
  membership,
  messageId,
  roomId,
  upTo,
  userId,
  whole,
} from '../samples.ts'
import type { StoreFixture } from '../store-contract.ts'
import { markerKey, moveMarkerIn, roomModel, roomOf, type StoreModel } from './model.ts'
import { anyReplyAct } from './reply-property.ts'

type Act = (store: Store, model: StoreModel) => Promise<void>

const people = upTo(3).map(userId)
const club = roomId('club')
const rooms = [general, club]

const number = fc.integer({ min: 1, max: people.length })
const user = fc.constantFrom(...people)
const room = fc.constantFrom(...rooms)
const id = fc.integer({ min: 1, max: 8 })
const seq = fc.integer({ min: 0, max: 20 })
const ms = fc.integer({ min: 0, max: 40 })
const at = ms.map(instant)
const text = fc.constantFrom('a', 'b', '한글 👋', 'long '.repeat(40))
const size = fc.record({ limit: fc.integer({ min: 1, max: 6 }), bytes: fc.integer({ min: 1, max: 2_000 }) })

const append = fc.record({ id, number, room, text, at, bag: fc.constantFrom(undefined, 'bag') }).map(
  ({ id, number, room, text, at, bag }): Act =>
    async (store, model) => {
      const what = draft(id, number, { room, text, at, ...(bag !== undefined && { bag }) })
      expect(await store.appendMessage(what)).toStrictEqual(roomOf(model, room).append(what))
    },
)

const anyChange = fc.oneof(
  fc.record({ kind: fc.constant('edit' as const), text, at }),
  fc.record({ kind: fc.constant('delete' as const), at }),
  fc.record({ kind: fc.constant('react' as const), user, emoji: fc.constantFrom('👍', '🎉'), on: fc.boolean() }),
)

const change = fc.record({ id: id.map(messageId), room, change: anyChange }).map(
  ({ id, room, change }): Act =>
    async (store, model) => {
      expect(await store.changeMessage(room, id, change)).toStrictEqual(roomOf(model, room).change(id, change))
    },
)

const moveMarker = fc.record({ user, room, seq }).map(
  ({ user, room, seq }): Act =>
    async (store, model) => {
      expect(await store.moveMarker(room, user, seq)).toBe(moveMarkerIn(model, room, user, seq))
    },
)

const comeOrGo = fc.record({ number, come: fc.boolean() }).map(
  ({ number, come }): Act =>
    async (store, model) => {
      const key = markerKey(club, userId(number))
      const member = model.markers.has(key)
      if (come) expect(await store.addMember(membership('club', number))).toBe(!member)
      else expect(await store.removeMember(club, userId(number))).toBe(member)
      if (!come) model.markers.delete(key)
      else if (!member) model.markers.set(key, 0)
    },
)

const sync = fc.record({ room, since: seq, size }).map(
  ({ room, since, size }): Act =>
    async (store, model) => {
      expect(await store.messagesSince(room, since, size)).toStrictEqual(roomOf(model, room).since(since, size))
    },
)

const place = fc.oneof(fc.constant({}), fc.record({ before: seq }), fc.record({ after: seq }))

const history = fc.record({ room, place, size }).map(
  ({ room, place, size }): Act =>
    async (store, model) => {
      expect(await store.history(room, place, size)).toStrictEqual(roomOf(model, room).history(place, size))
    },
)

/** Acts of which each checks its own answer. */
export const anyAct = fc.oneof(
  { weight: 6, arbitrary: append },
  { weight: 6, arbitrary: change },
  { weight: 2, arbitrary: moveMarker },
  { weight: 1, arbitrary: comeOrGo },
  { weight: 2, arbitrary: sync },
  { weight: 2, arbitrary: history },
)

const acts = fc.oneof({ weight: 2, arbitrary: anyAct }, { weight: 1, arbitrary: anyReplyAct })

/** Three people, `general`, and a room to come to and go from. */
export const prepare = async (store: Store): Promise<StoreModel> => {
  await addPeople(store, people.length)
  await store.createRoom(facts('club'), [])
  return {
    rooms: new Map(rooms.map((room) => [room, roomModel()])),
    markers: new Map(people.map((user) => [markerKey(general, user), 0])),
  }
}

/** Whether the store holds what the model does. */
export const compareAll: Act = async (store, model) => {
  for (const room of rooms) {
    expect(await store.history(room, {}, whole)).toStrictEqual(roomOf(model, room).history({}, whole))
    expect(await store.messagesSince(room, 0, whole)).toStrictEqual(roomOf(model, room).since(0, whole))
  }
  for (const user of people) {
    const overviews = await store.overviews(user, rooms)
    const expected = rooms.flatMap((room) => {
      const read = model.markers.get(markerKey(room, user))
      const { rev, unread } = roomOf(model, room)
      return read === undefined ? [] : [{ room, read, rev: rev(), unread: unread(read) }]
    })
    expect(
      overviews.map(({ facts, membership: { read }, rev, unread }) => ({ room: facts.id, read, rev, unread })),
    ).toStrictEqual(expected)
  }
}

export const propertyTests = (make: () => Promise<StoreFixture>, runs: number): void => {
  test('a store answers as the model does, and holds the same', async () => {
    const holds = fc.asyncProperty(fc.array(acts, { minLength: 1, maxLength: 60 }), async (acts) => {
      const fixture = await make()
      try {
        const model = await prepare(fixture.store)
        for (const act of acts) await act(fixture.store, model)
        await compareAll(fixture.store, model)
        if (fixture.reopen) await compareAll(await fixture.reopen(), model)
      } finally {
        await fixture.stop()
      }
    })
    await fc.assert(holds, { numRuns: runs })
  }, 120_000)
}
