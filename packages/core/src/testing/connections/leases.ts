import { expect, test } from 'vitest'
import type { GivenConnections } from '../connections-contract.ts'
import { roomId, sessionId, userId } from '../samples.ts'
import { connection, connectionId, greet, ids, leaseMs, open } from './people.ts'

const club = roomId('club')

export const leaseTests = (given: () => GivenConnections): void => {
  test('expired tells the connections whose lease ended, greeted or not, until they are closed', async () => {
    const { connections, clock } = given()
    await greet(given(), connection('a', 1))
    await open(given(), connection('b', 2))
    clock.pass(10_000)
    await greet(given(), connection('c', 3))
    expect(await connections.expired(clock.iso())).toStrictEqual([])
    clock.pass(leaseMs - 5_000)
    expect([...(await connections.expired(clock.iso()))].sort()).toStrictEqual(['a', 'b'])
    await connections.close(connectionId('a'), clock.iso())
    expect(await connections.expired(clock.iso())).toStrictEqual(['b'])
    clock.pass(10_000)
    expect([...(await connections.expired(clock.iso()))].sort()).toStrictEqual(['b', 'c'])
  })

  test('a connection whose lease has run out is nowhere, before anybody closes it', async () => {
    const { connections, clock } = given()
    await greet(given(), connection('a', 1), [club])
    clock.pass(30_000)
    await greet(given(), connection('b', 2), [club])
    clock.pass(leaseMs - 30_000 + 1)
    expect(ids(await connections.inRoom(club))).toStrictEqual(['b'])
    expect(ids(await connections.inRoom(club, 1))).toStrictEqual(['b'])
    expect(ids(await connections.all())).toStrictEqual(['b'])
    expect(ids(await connections.ofUser(userId(1)))).toStrictEqual([])
    expect(ids(await connections.ofSession(sessionId(1)))).toStrictEqual([])
    expect(await connections.online([1, 2].map(userId))).toStrictEqual(new Set([userId(2)]))
    expect(await connections.state(connectionId('a'))).toBeUndefined()
    expect(await connections.state(connectionId('b'))).toBe('greeted')
  })

  test('renew keeps a connection where it is', async () => {
    const { connections, clock } = given()
    await greet(given(), connection('a', 1), [club])
    for (let round = 0; round < 5; round += 1) {
      clock.pass(leaseMs / 2)
      await connections.renew(connectionId('a'), clock.iso(leaseMs))
    }
    clock.pass(leaseMs - 1)
    expect(ids(await connections.inRoom(club))).toStrictEqual(['a'])
    expect(await connections.expired(clock.iso())).toStrictEqual([])
    clock.pass(2)
    expect(ids(await connections.inRoom(club))).toStrictEqual([])
    expect(await connections.expired(clock.iso())).toStrictEqual(['a'])
  })

  test('a lease that has run out is not renewed', async () => {
    const { connections, clock } = given()
    await greet(given(), connection('a', 1), [club])
    clock.pass(leaseMs + 1)
    await connections.renew(connectionId('a'), clock.iso(leaseMs))
    await connections.join(userId(1), roomId('zoo'))
    expect(ids(await connections.inRoom(club))).toStrictEqual([])
    expect(ids(await connections.inRoom(roomId('zoo')))).toStrictEqual([])
    expect(await connections.expired(clock.iso())).toStrictEqual(['a'])
  })

  test('closing a connection whose lease has run out tells what it leaves behind, once', async () => {
    const { connections, clock } = given()
    await greet(given(), connection('a', 1), [club])
    clock.pass(leaseMs + 1)
    expect(await connections.close(connectionId('a'), clock.iso())).toStrictEqual({
      user: userId(1),
      dialect: 'parley',
      greeted: true,
      last: true,
    })
    expect(await connections.close(connectionId('a'), clock.iso())).toBeUndefined()
    expect(await connections.expired(clock.iso())).toStrictEqual([])
  })

  test('a user who comes back is the first; the closing of the lost connection is not the last', async () => {
    const { connections, clock } = given()
    await greet(given(), connection('a', 1))
    clock.pass(leaseMs + 1)
    expect(await greet(given(), connection('b', 1))).toStrictEqual({ first: true })
    expect(await connections.close(connectionId('a'), clock.iso())).toMatchObject({ last: false })
    expect(await connections.online([userId(1)])).toStrictEqual(new Set([userId(1)]))
  })

  test('the connections of a process that died run out by their leases', async () => {
    const { clock, reopened } = given()
    await greet(given(), connection('a', 1), [club])
    const until = clock.iso(leaseMs)
    clock.pass(leaseMs + 1)
    const connections = await reopened()
    expect(ids(await connections.inRoom(club))).toStrictEqual([])
    expect(await connections.online([userId(1)])).toStrictEqual(new Set())
    for (const id of await connections.expired(clock.iso())) await connections.close(id, until)
    expect(await connections.records({ limit: 10 })).toMatchObject([{ id: 'a', disconnectedAt: until }])
  })
}
