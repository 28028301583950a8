import { expect, test } from 'vitest'
import type { GivenConnections } from '../connections-contract.ts'
import { roomId, upTo, userId } from '../samples.ts'
import { connection, connectionId, greet, ids, open } from './people.ts'

const club = roomId('club')
const zoo = roomId('zoo')

export const roomTests = (given: () => GivenConnections): void => {
  test('enter lets a connection hear these rooms and no other', async () => {
    const { connections } = given()
    await greet(given(), connection('a', 1), [club, zoo])
    await greet(given(), connection('b', 2, { dialect: 'rooms' }), [club])
    expect(ids(await connections.inRoom(club))).toStrictEqual(['a', 'b'])
    expect(ids(await connections.inRoom(zoo))).toStrictEqual(['a'])
    expect(ids(await connections.inRoom(roomId('nowhere')))).toStrictEqual([])
    const targets = [...(await connections.inRoom(club))]
    expect(targets.find(({ id }) => id === 'b')).toMatchObject({ user: userId(2), dialect: 'rooms' })
  })

  test('join and leave hold for every connection of a user, and for nobody else', async () => {
    const { connections } = given()
    await greet(given(), connection('a', 1))
    await greet(given(), connection('b', 1))
    await greet(given(), connection('c', 2), [club])
    await connections.join(userId(1), club)
    await connections.join(userId(1), club)
    expect(ids(await connections.inRoom(club))).toStrictEqual(['a', 'b', 'c'])
    await connections.leave(userId(1), club)
    expect(ids(await connections.inRoom(club))).toStrictEqual(['c'])
    await connections.leave(userId(1), club)
    await connections.leave(userId(9), club)
    await connections.join(userId(9), club)
    expect(ids(await connections.inRoom(club))).toStrictEqual(['c'])
  })

  test('a join before the greeting holds after it', async () => {
    const { connections } = given()
    await open(given(), connection('a', 1))
    await connections.join(userId(1), club)
    expect(ids(await connections.inRoom(club))).toStrictEqual([])
    await connections.enter(connectionId('a'), [zoo])
    expect(ids(await connections.inRoom(club))).toStrictEqual(['a'])
    expect(ids(await connections.inRoom(zoo))).toStrictEqual(['a'])
  })

  test('with atMost, a room of more connections answers none', async () => {
    const { connections } = given()
    for (const number of upTo(5)) await greet(given(), connection(`c${number}`, number), [club])
    expect(ids(await connections.inRoom(club, 5))).toHaveLength(5)
    expect(ids(await connections.inRoom(club, 4))).toStrictEqual([])
    expect(ids(await connections.inRoom(club, 0))).toStrictEqual([])
    expect(ids(await connections.inRoom(club))).toHaveLength(5)
  })

  test('a closed connection hears no room', async () => {
    const { connections, clock } = given()
    await greet(given(), connection('a', 1), [club])
    await greet(given(), connection('b', 1), [club])
    await connections.close(connectionId('a'), clock.iso())
    expect(ids(await connections.inRoom(club))).toStrictEqual(['b'])
    await connections.join(userId(1), zoo)
    await connections.enter(connectionId('a'), [zoo])
    expect(ids(await connections.inRoom(zoo))).toStrictEqual(['b'])
  })

  test('many enter and join at once, and all hear', async () => {
    const { connections, clock } = given()
    await Promise.all(
      upTo(60).map(async (number) => {
        await greet(given(), connection(`c${number}`, number), [zoo])
        await connections.join(userId(number), club)
        if (number % 3 === 0) await connections.leave(userId(number), zoo)
        if (number % 10 === 0) await connections.close(connectionId(`c${number}`), clock.iso())
      }),
    )
    expect(ids(await connections.inRoom(club))).toHaveLength(54)
    expect(ids(await connections.inRoom(zoo))).toHaveLength(36)
    expect(ids(await connections.all())).toHaveLength(54)
  })
}
