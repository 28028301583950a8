import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Store } from '../../ports/store.ts'
import { addPeople, draft, facts, general, instant, membership, messageId, roomId, userId, whole } from '../samples.ts'
import type { StoreFixture } from '../store-contract.ts'
import { RoomModel, StoreModel } from './model.ts'

type Act = (store: Store, model: StoreModel) => Promise<void>

const people = 3
const rooms = [general, roomId('club')]

const user = fc.integer({ min: 1, max: people })
const room = fc.constantFrom(...rooms)
const message = fc.integer({ min: 1, max: 8 })
const seq = fc.integer({ min: 0, max: 20 })
const ms = fc.integer({ min: 0, max: 40 })
const text = fc.constantFrom('a', 'b', '한글 👋', 'long '.repeat(40))
const size = fc.record({ limit: fc.integer({ min: 1, max: 6 }), bytes: fc.integer({ min: 1, max: 2_000 }) })

const append = fc.record({ number: message, user, room, text, ms, bag: fc.constantFrom(undefined, 'bag') }).map(
  ({ number, user, room, text, ms, bag }): Act =>
    async (store, model) => {
      const what = draft(number, user, { room, text, at: instant(ms), ...(bag !== undefined && { bag }) })
      expect(await store.appendMessage(what)).toStrictEqual(model.room(room).append(what))
    },
)

const change = fc
  .record({
    number: message,
    room,
    change: fc.oneof(
      fc.record({ kind: fc.constant('edit' as const), text, at: ms.map(instant) }),
      fc.record({ kind: fc.constant('delete' as const), at: ms.map(instant) }),
      fc.record({
        kind: fc.constant('react' as const),
        user: user.map(userId),
        emoji: fc.constantFrom('👍', '🎉'),
        on: fc.boolean(),
      }),
    ),
  })
  .map(
    ({ number, room, change }): Act =>
      async (store, model) => {
        const id = messageId(number)
        expect(await store.changeMessage(room, id, change)).toStrictEqual(model.room(room).change(id, change))
      },
  )

const moveMarker = fc.record({ user: user.map(userId), room, seq }).map(
  ({ user, room, seq }): Act =>
    async (store, model) => {
      expect(await store.moveMarker(room, user, seq)).toBe(model.moveMarker(room, user, seq))
    },
)

const comeOrGo = fc.record({ number: user, come: fc.boolean() }).map(
  ({ number, come }): Act =>
    async (store, model) => {
      const key = `club ${userId(number)}`
      const member = model.markers.has(key)
      if (come) expect(await store.addMember(membership('club', number))).toBe(!member)
      else expect(await store.removeMember(roomId('club'), userId(number))).toBe(member)
      if (!come) model.markers.delete(key)
      else if (!member) model.markers.set(key, 0)
    },
)

const sync = fc.record({ room, since: seq, size }).map(
  ({ room, since, size }): Act =>
    async (store, model) => {
      expect(await store.messagesSince(room, since, size)).toStrictEqual(model.room(room).since(since, size))
    },
)

const history = fc
  .record({ room, place: fc.oneof(fc.constant({}), fc.record({ before: seq }), fc.record({ after: seq })), size })
  .map(
    ({ room, place, size }): Act =>
      async (store, model) => {
        expect(await store.history(room, place, size)).toStrictEqual(model.room(room).history(place, size))
      },
  )

const compareAll: Act = async (store, model) => {
  for (const room of rooms) {
    expect(await store.history(room, {}, whole)).toStrictEqual(model.room(room).history({}, whole))
    expect(await store.messagesSince(room, 0, whole)).toStrictEqual(model.room(room).since(0, whole))
  }
  for (let number = 1; number <= people; number += 1) {
    const own = rooms.filter((room) => model.markers.has(`${room} ${userId(number)}`))
    const overviews = await store.overviews(userId(number), rooms)
    expect(
      overviews.map(({ facts, membership, rev, unread }) => ({ room: facts.id, read: membership.read, rev, unread })),
    ).toStrictEqual(
      own.map((room) => {
        const read = model.markers.get(`${room} ${userId(number)}`) ?? 0
        return { room, read, rev: model.room(room).rev, unread: model.room(room).unread(read) }
      }),
    )
  }
}

export const propertyTests = (make: () => Promise<StoreFixture>, runs: number): void => {
  test('a store answers as the model does, and holds the same', async () => {
    const weighted = fc.oneof(
      { weight: 6, arbitrary: append },
      { weight: 6, arbitrary: change },
      { weight: 2, arbitrary: moveMarker },
      { weight: 1, arbitrary: comeOrGo },
      { weight: 2, arbitrary: sync },
      { weight: 2, arbitrary: history },
    )
    await fc.assert(
      fc.asyncProperty(fc.array(weighted, { minLength: 1, maxLength: 60 }), async (acts) => {
        const fixture = await make()
        try {
          const model = await prepare(fixture.store)
          for (const act of acts) await act(fixture.store, model)
          await compareAll(fixture.store, model)
          if (fixture.reopen) await compareAll(await fixture.reopen(), model)
        } finally {
          await fixture.stop()
        }
      }),
      { numRuns: runs },
    )
  }, 120_000)
}

const prepare = async (store: Store): Promise<StoreModel> => {
  await addPeople(store, people)
  await store.createRoom(facts('club'), [])
  const model = new StoreModel()
  for (const room of rooms) model.rooms.set(room, new RoomModel())
  for (let number = 1; number <= people; number += 1) model.markers.set(`${general} ${userId(number)}`, 0)
  return model
}
