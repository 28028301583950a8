import type { Connections, Target } from '@parley/core'
import { expect, test } from 'vitest'
import { dynamoConnections } from './dynamo-connections.ts'
import { Crash, dieBefore } from './testing/crash.ts'
import { asks, gateBefore } from './testing/gate.ts'
import { localDynamo } from './testing/local-dynamo.ts'
import { at, connectionId, room, session, user } from './testing/samples.ts'

const dynamo = localDynamo()
const club = room('club')
const client = dynamo.client()
const leaseMs = 60_000
const [one, two] = [connectionId(1), connectionId(2)]

/** Two open connections of one person, of which the first is not greeted. */
const given = async () => {
  const table = await dynamo.table()
  let now = 0
  const open = (by = client): Connections =>
    dynamoConnections({ client: by, table, clock: { now: () => Date.parse(at(now)) } })
  const connections = open()
  const start = (number: number) => {
    const facts = { id: connectionId(number), user: user(1), session: session(1), dialect: 'parley' }
    return connections.open({ ...facts, expiresAt: at(9e8) }, at(0), at(leaseMs))
  }
  await start(1)
  await start(2)
  const gated = (name: string, about: string) => {
    const slowClient = dynamo.client()
    const gate = gateBefore(slowClient, asks(name, about))
    return { slow: open(slowClient), slowClient, gate }
  }
  const pass = (ms: number): void => {
    now += ms
  }
  return { connections, gated, pass }
}

const ids = (targets: Iterable<Target>): readonly string[] => [...targets].map(({ id }) => id)

const rivals = {
  'leaves the room': (connections: Connections) => connections.leave(user(1), club),
  'closes the connection': (connections: Connections) => connections.close(one, at(1)),
}

test.each(Object.entries(rivals))('who %s while it enters is not heard there afterwards', async (_, rival) => {
  const { connections, gated } = await given()
  const { slow, gate } = gated('BatchWriteItem', 'hears#club')
  const entering = slow.enter(one, [club])
  await gate.reached
  await rival(connections)
  gate.open()
  await entering
  expect(ids(await connections.inRoom(club))).toStrictEqual([])
})

test.each(Object.entries(rivals))('who %s while it joins is not heard there afterwards', async (_, rival) => {
  const { connections, gated } = await given()
  await connections.enter(one, [])
  const { slow, gate } = gated('PutItem', 'hears#club')
  const joining = slow.join(user(1), club)
  await gate.reached
  await rival(connections)
  gate.open()
  await joining
  expect(ids(await connections.inRoom(club))).toStrictEqual([])
})

test('who is closed while it enters is nowhere afterwards, and was not the first', async () => {
  const { connections, gated } = await given()
  const { slow, gate } = gated('UpdateItem', 'present#')
  const entering = slow.enter(one, [club])
  await gate.reached
  await connections.close(one, at(1))
  gate.open()
  expect(await entering).toStrictEqual({ first: false })
  expect(ids(await connections.ofUser(user(1)))).toStrictEqual([])
  expect(ids(await connections.inRoom(club))).toStrictEqual([])
})

test('of two that enter the one that is seen first is the first', async () => {
  const { connections, gated } = await given()
  const { slow, gate } = gated('UpdateItem', 'present#')
  const entering = slow.enter(one, [])
  await gate.reached
  expect(await connections.enter(two, [])).toStrictEqual({ first: true })
  gate.open()
  expect(await entering).toStrictEqual({ first: false })
})

test('of two that close the one that goes last is the last', async () => {
  const { connections, gated } = await given()
  for (const id of [one, two]) await connections.enter(id, [])
  const { slow, gate } = gated('UpdateItem', 'present#')
  const closing = slow.close(one, at(1))
  await gate.reached
  expect(await connections.close(two, at(1))).toMatchObject({ last: false })
  gate.open()
  expect(await closing).toMatchObject({ last: true })
})

test.each(Object.entries(rivals))(
  'a row of who %s, left by one who died, is not heard once its lease is over',
  async (_, rival) => {
    const { connections, gated, pass } = await given()
    await connections.enter(one, [])
    const { slow, gate, slowClient } = gated('PutItem', 'hears#club')
    dieBefore(slowClient, asks('GetItem', 'live#'))
    const joining = slow.join(user(1), club)
    await gate.reached
    await rival(connections)
    gate.open()
    await expect(joining).rejects.toThrow(Crash)
    expect(ids(await connections.inRoom(club))).toStrictEqual([one])
    await connections.renew(one, at(3 * leaseMs))
    pass(leaseMs + 1)
    expect(ids(await connections.inRoom(club))).toStrictEqual([])
  },
)
