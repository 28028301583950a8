import fc from 'fast-check'
import { expect } from 'vitest'
import type { Store } from '../../ports/store.ts'
import { draft, general, instant, messageId, roomId, userId } from '../samples.ts'
import { roomOf, type StoreModel } from './model.ts'

type Act = (store: Store, model: StoreModel) => Promise<void>

const number = fc.integer({ min: 1, max: 3 })
const room = fc.constantFrom(general, roomId('club'))
const id = fc.integer({ min: 1, max: 8 })
const instantOf = fc.integer({ min: 0, max: 40 }).map(instant)
const run = fc.integer({ min: 1, max: 12 })
const text = fc.constantFrom('', 'a', 'ab', 'abc한', 'abc한글 👋 and so on')

const begin = fc.record({ id, number, room, text, leaseUntil: instantOf }).map(
  ({ id, number, room, text, leaseUntil }): Act =>
    async (store, model) => {
      const what = draft(id, number, { room, text, streaming: { leaseUntil } })
      expect(await store.appendMessage(what)).toStrictEqual(roomOf(model, room).append(what))
    },
)

const alphabet = 'abc한글 xyz and so on'

/** Mostly pieces of one text, so that they often fit. */
const piece = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(fc.nat(8), fc.nat(8)).map(([at, more]) => ({ at, text: alphabet.slice(at, at + more) })),
  },
  { weight: 1, arbitrary: fc.record({ at: fc.nat(8), text }) },
)

const grow = fc.record({ id: id.map(messageId), room, piece, leaseUntil: instantOf, run: fc.option(run) }).map(
  ({ id, room, piece, leaseUntil, run }): Act =>
    async (store, model) => {
      const growth = { ...piece, leaseUntil, ...(run !== null && { run }) }
      expect(await store.growMessage(room, id, growth)).toStrictEqual(roomOf(model, room).grow(id, growth))
    },
)

const lease = fc.record({ id: id.map(messageId), room, run, until: instantOf, endedBefore: fc.option(instantOf) }).map(
  ({ id, room, run, until, endedBefore }): Act =>
    async (store, model) => {
      const asked = { run, until, ...(endedBefore !== null && { endedBefore }) }
      const expected = roomOf(model, room).lease(id, run, until, endedBefore ?? undefined)
      expect(await store.leaseStream(room, id, asked)).toBe(expected)
    },
)

const ended = fc.constantFrom('done' as const, 'stopped' as const)
const anyChange = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record(
      { kind: fc.constant('end' as const), ended, text, endedBy: number.map(userId), run },
      { requiredKeys: ['kind', 'ended'] },
    ),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const), run, leaseUntil: instantOf }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('retry' as const), leaseUntil: instantOf }) },
  {
    weight: 2,
    arbitrary: fc.record({ index: fc.nat(3), text, ended }).map((variant) => ({ kind: 'show' as const, variant })),
  },
)

const change = fc.record({ id: id.map(messageId), room, change: anyChange }).map(
  ({ id, room, change }): Act =>
    async (store, model) => {
      expect(await store.changeMessage(room, id, change)).toStrictEqual(roomOf(model, room).change(id, change))
    },
)

const orphans = instantOf.map(
  (before): Act =>
    async (store, model) => {
      const expected = [...model.rooms].flatMap(([room, one]) => one.orphans(before).map((id) => `${room} ${id}`))
      const found = (await store.orphans(before)).map(({ room, id }) => `${room} ${id}`)
      expect(found.toSorted()).toStrictEqual(expected.toSorted())
    },
)

/** Acts on replies that grow, of which each checks its own answer. */
export const anyReplyAct = fc.oneof(
  { weight: 3, arbitrary: begin },
  { weight: 6, arbitrary: grow },
  { weight: 4, arbitrary: change },
  { weight: 2, arbitrary: lease },
  { weight: 1, arbitrary: orphans },
)
