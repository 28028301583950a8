import { expect, test } from 'vitest'
import type { Target } from '../../ports/connections.ts'
import type { GivenConnections } from '../connections-contract.ts'
import { roomId, sessionId, userId } from '../samples.ts'
import { connection, connectionId, greet, leaseMs, open } from './people.ts'

const club = roomId('club')
const largest = '한'.repeat(682)

const bags = (targets: Iterable<Target>) => [...targets].map(({ id, bag }) => [id, bag]).sort()

export const bagTests = (given: () => GivenConnections): void => {
  test('a connection keeps the bag that it was opened with, wherever it is found', async () => {
    const { connections, clock } = given()
    await greet(given(), connection('a', 1, { dialect: 'rooms', bag: largest }), [club])
    await greet(given(), connection('b', 1), [club])
    const both = [
      ['a', largest],
      ['b', undefined],
    ]
    expect(bags(await connections.inRoom(club))).toStrictEqual(both)
    expect(bags(await connections.ofUser(userId(1)))).toStrictEqual(both)
    expect(bags(await connections.ofSession(sessionId(1)))).toStrictEqual(both)
    expect(bags(await connections.all())).toStrictEqual(both)
    expect(await connections.bag(connectionId('a'))).toBe(largest)
    expect(await connections.bag(connectionId('b'))).toBeUndefined()
    expect(await connections.bag(connectionId('never opened'))).toBeUndefined()
    expect(await connections.close(connectionId('a'), clock.iso())).toStrictEqual({
      user: userId(1),
      dialect: 'rooms',
      bag: largest,
      greeted: true,
      last: false,
    })
  })

  test('keepBag replaces it everywhere, before the greeting and after', async () => {
    const { connections, clock } = given()
    await open(given(), connection('a', 1, { bag: 'first' }))
    await connections.keepBag(connectionId('a'), 'second')
    await connections.enter(connectionId('a'), [club])
    expect(bags(await connections.inRoom(club))).toStrictEqual([['a', 'second']])
    await connections.keepBag(connectionId('a'), 'third')
    await connections.join(userId(1), roomId('zoo'))
    for (const found of [
      await connections.inRoom(club),
      await connections.inRoom(roomId('zoo')),
      await connections.ofUser(userId(1)),
      await connections.all(),
    ]) {
      expect(bags(found)).toStrictEqual([['a', 'third']])
    }
    expect(await connections.close(connectionId('a'), clock.iso())).toMatchObject({ bag: 'third' })
  })

  test('of bags that are kept at once one is there in the end, the same everywhere', async () => {
    const { connections } = given()
    await greet(given(), connection('a', 1), [club, roomId('zoo')])
    await Promise.all(['1', '2', '3', '4'].map((bag) => connections.keepBag(connectionId('a'), bag)))
    const bag = await connections.bag(connectionId('a'))
    expect(['1', '2', '3', '4']).toContain(bag)
    expect(bags(await connections.inRoom(club))).toStrictEqual([['a', bag]])
    expect(bags(await connections.inRoom(roomId('zoo')))).toStrictEqual([['a', bag]])
    expect(bags(await connections.ofUser(userId(1)))).toStrictEqual([['a', bag]])
  })

  test('a connection that was closed, or whose lease has run out, keeps none', async () => {
    const { connections, clock } = given()
    await greet(given(), connection('a', 1), [club])
    await greet(given(), connection('b', 2), [club])
    await connections.close(connectionId('a'), clock.iso())
    clock.pass(leaseMs + 1)
    await connections.keepBag(connectionId('a'), 'late')
    await connections.keepBag(connectionId('b'), 'late')
    expect(await connections.bag(connectionId('a'))).toBeUndefined()
    expect(await connections.bag(connectionId('b'))).toBeUndefined()
    expect(bags(await connections.inRoom(club))).toStrictEqual([])
    expect(await connections.close(connectionId('b'), clock.iso())).not.toHaveProperty('bag')
  })
}
