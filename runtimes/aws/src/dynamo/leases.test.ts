import { expect, test } from 'vitest'
import { dynamoConnections } from './dynamo-connections.ts'
import { localDynamo } from './testing/local-dynamo.ts'
import { meter } from './testing/meter.ts'
import { at, connectionId, room, session, user } from './testing/samples.ts'

const dynamo = localDynamo()
const club = room('club')
const people = [1, 2, 3, 4]

/** Four people who are in the club, by connections whose leases end after a minute. */
const given = async () => {
  const client = dynamo.client()
  const table = await dynamo.table()
  let now = 0
  const connections = dynamoConnections({ client, table, clock: { now: () => Date.parse(at(now)) } })
  for (const number of people) {
    const facts = { id: connectionId(number), user: user(number), session: session(number), dialect: 'parley' }
    await connections.open({ ...facts, expiresAt: at(9e8) }, at(0), at(60_000))
    await connections.enter(connectionId(number), [club])
  }
  return {
    connections,
    counter: meter(client, dynamo.client()),
    pass: (ms: number) => {
      now += ms
    },
  }
}

test('a renewal costs one write, however many rooms hear it, and a room learns of it once', async () => {
  const { connections, counter, pass } = await given()
  pass(50_000)
  const renewal = await counter.of(() => connections.renew(connectionId(1), at(170_000)))
  expect(renewal).toStrictEqual({ calls: 1, writes: 1, reads: 0 })
  for (const number of people.slice(1)) await connections.renew(connectionId(number), at(170_000))
  const ask = () => counter.of(async () => expect([...(await connections.inRoom(club))]).toHaveLength(people.length))
  expect(await ask()).toStrictEqual({ calls: 1, writes: 0, reads: 1 })
  pass(50_000)
  expect(await ask()).toMatchObject({ writes: people.length, reads: 1 + people.length })
  expect(await ask()).toStrictEqual({ calls: 1, writes: 0, reads: 1 })
  const online = () => counter.of(() => connections.online([user(1)]))
  expect(await online()).toMatchObject({ writes: 1, reads: 2 })
  expect(await online()).toMatchObject({ writes: 0, reads: 1 })
})

test('who left a room is not brought back into it by a renewal', async () => {
  const { connections, pass } = await given()
  await connections.leave(user(1), club)
  await connections.renew(connectionId(1), at(170_000))
  pass(100_000)
  expect([...(await connections.inRoom(club))]).toStrictEqual([])
  expect([...(await connections.ofUser(user(1)))]).toHaveLength(1)
})
