import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { Connection, Connections, Target } from '@parley/core'
import type { RoomId } from '@parley/protocol'
import { beforeAll, describe, expect, test } from 'vitest'
import { dynamoConnections } from './dynamo-connections.ts'
import { Crash, crashable, everyPoint } from './testing/crash.ts'
import { type Dice, dice } from './testing/dice.ts'
import { localDynamo } from './testing/local-dynamo.ts'
import { at, connectionId, room, session, user } from './testing/samples.ts'
import { itemsOf, newcomers, restore } from './testing/tables.ts'

const dynamo = localDynamo()
const [club, zoo, bar] = ['club', 'zoo', 'bar'].map(room) as [RoomId, RoomId, RoomId]
const leaseMs = 60_000

/** A clock that stands until it is moved. */
const clockAt = (ms: number) => ({ now: () => Date.parse(at(ms)) })
const open = (client: DynamoDBClient, table: string, ms = 0): Connections =>
  dynamoConnections({ client, table, clock: clockAt(ms) })

const connection = (number: number, person: number): Connection => ({
  id: connectionId(number),
  user: user(person),
  session: session(person),
  dialect: 'parley',
  expiresAt: at(9e8),
})
const start = (connections: Connections, number: number, person: number) =>
  connections.open(connection(number, person), at(number), at(leaseMs))

/** Of the first person a greeted connection and one that is not; of the second a greeted one. */
const prepare = async (connections: Connections): Promise<void> => {
  await start(connections, 1, 1)
  await connections.enter(connectionId(1), [club, zoo])
  await start(connections, 2, 1)
  await start(connections, 3, 2)
  await connections.enter(connectionId(3), [club])
}

const ids = (targets: Iterable<Target>): readonly string[] => [...targets].map(({ id }) => id).sort()

const seen = async (connections: Connections) => ({
  rooms: await Promise.all([club, zoo, bar].map(async (one) => ids(await connections.inRoom(one)))),
  users: await Promise.all([1, 2].map(async (one) => ids(await connections.ofUser(user(one))))),
  sessions: await Promise.all([1, 2].map(async (one) => ids(await connections.ofSession(session(one))))),
  all: ids(await connections.all()),
  online: [...(await connections.online([1, 2].map(user)))].sort(),
  states: await Promise.all([1, 2, 3, 9].map((one) => connections.state(connectionId(one)))),
  records: await connections.records({ limit: 10 }),
})

const nowhere = {
  rooms: [[], [], []],
  users: [[], []],
  sessions: [[], []],
  all: [],
  online: [],
  states: [undefined, undefined, undefined, undefined],
}

const acts: Readonly<Record<string, (connections: Connections) => Promise<unknown>>> = {
  opening: (connections) => start(connections, 9, 1),
  entering: (connections) => connections.enter(connectionId(2), [club, bar]),
  joining: (connections) => connections.join(user(1), bar),
  leaving: (connections) => connections.leave(user(1), club),
  renewing: (connections) => connections.renew(connectionId(1), at(leaseMs * 2)),
  closing: (connections) => connections.close(connectionId(1), at(500)),
  'closing the last': (connections) => connections.close(connectionId(3), at(500)),
}

const client = dynamo.client()
let prepared: Awaited<ReturnType<typeof itemsOf>>

beforeAll(async () => {
  const table = await dynamo.table()
  await prepare(open(client, table))
  prepared = await itemsOf(client, table)
})

describe('connections whose keeper dies', () => {
  test.each(Object.entries(acts))('while %s: it can be done again, and what is left is swept away', async (_, act) => {
    const mortal = dynamo.client()
    const process = crashable(mortal)
    const [table, copy] = [await dynamo.table(), await dynamo.table()]
    await restore(client, table, prepared)
    await act(open(mortal, table))
    const calls = process.calls()
    const after = await seen(open(client, table))

    const isNew = newcomers()
    for (const point of everyPoint(calls)) {
      await restore(client, table, prepared)
      process.arm(point)
      await expect(act(open(mortal, table))).rejects.toThrow(Crash)
      const left = await itemsOf(client, table)
      if (!isNew(left)) continue
      await act(open(client, table))
      expect(await seen(open(client, table))).toStrictEqual(after)

      await restore(client, copy, left)
      const later = open(client, copy, leaseMs * 3)
      const lost = await later.expired(at(leaseMs * 3))
      for (const id of lost) expect(await later.close(id, at(leaseMs * 3))).toBeDefined()
      const { records, ...rest } = await seen(later)
      expect(rest).toStrictEqual(nowhere)
      expect(records.map(({ id }) => id)).toEqual(expect.arrayContaining([1, 2, 3].map(connectionId)))
      expect(records.every(({ disconnectedAt }) => disconnectedAt !== undefined)).toBe(true)
      expect(await later.expired(at(leaseMs * 4))).toStrictEqual([])
    }
  })
})

/** One user's connections, in the plainest form. */
type Model = Map<number, { greeted: boolean; readonly rooms: Set<RoomId> }>

/** Something a user does, to its connections and to the model of them. */
const anyAct = (chance: Dice, person: number, model: Model): ((connections: Connections) => Promise<unknown>) => {
  const kind = model.size === 4 ? 2 + chance.roll(6) : chance.roll(8)
  const one = chance.pick([...model.keys()])
  const held = model.get(one)
  const place = chance.pick([club, zoo, bar])
  if (kind < 2 || !held) {
    const number = person * 100 + model.size + chance.roll(1_000_000) * 1_000
    model.set(number, { greeted: false, rooms: new Set() })
    return (connections) => start(connections, number, person)
  }
  if (kind < 4 && !held.greeted) {
    held.greeted = true
    held.rooms.add(place)
    return (connections) => connections.enter(connectionId(one), [place])
  }
  if (kind === 4) {
    model.delete(one)
    return (connections) => connections.close(connectionId(one), at(500))
  }
  if (kind === 5) {
    for (const { rooms } of model.values()) rooms.delete(place)
    return (connections) => connections.leave(user(person), place)
  }
  for (const { rooms } of model.values()) rooms.add(place)
  return (connections) => connections.join(user(person), place)
}

describe('users who come and go at once, while processes die', () => {
  test.each([1, 2, 3])('each is heard where it is: seed %i', async (seed) => {
    const table = await dynamo.table()
    const models = await Promise.all(
      [1, 2, 3, 4].map(async (person) => {
        const chance = dice(seed * 100 + person)
        const mortal = dynamo.client()
        const process = crashable(mortal)
        const model: Model = new Map()
        for (let number = 0; number < 20; number += 1) {
          const act = anyAct(chance, person, model)
          for (let done = false, tries = 1; !done; tries += 1) {
            process.arm(tries < 3 ? { at: 1 + chance.roll(10), when: chance.pick(['before', 'after']) } : undefined)
            done = await act(open(mortal, table)).then(
              () => true,
              (error) => {
                if (!(error instanceof Crash)) throw error
                return false
              },
            )
          }
        }
        return model
      }),
    )
    const connections = open(client, table)
    const live = models.flatMap((model) => [...model].map(([number, one]) => ({ id: connectionId(number), ...one })))
    const greeted = live.filter((one) => one.greeted)
    for (const place of [club, zoo, bar]) {
      const expected = greeted.filter(({ rooms }) => rooms.has(place)).map(({ id }) => id)
      expect(ids(await connections.inRoom(place))).toStrictEqual(expected.sort())
    }
    expect(ids(await connections.all())).toStrictEqual(greeted.map(({ id }) => id).sort())
    for (const [index, model] of models.entries()) {
      const all = [...model.keys()].map(connectionId).sort()
      expect(ids(await connections.ofSession(session(index + 1)))).toStrictEqual(all)
    }
    const open_ = (await connections.records({ limit: 1_000 })).filter((one) => one.disconnectedAt === undefined)
    expect(open_.map(({ id }) => id).sort()).toStrictEqual(live.map(({ id }) => id).sort())
  })
})
