import { expect, test } from 'vitest'
import type { GivenConnections } from '../connections-contract.ts'
import { sessionId, upTo, userId } from '../samples.ts'
import { connection, connectionId, greet, ids, leaseMs, open } from './people.ts'

export const openTests = (given: () => GivenConnections): void => {
  test('a connection that is not greeted is reached by nobody', async () => {
    const { connections } = given()
    await open(given(), connection('a', 1))
    expect(ids(await connections.all())).toStrictEqual([])
    expect(ids(await connections.ofUser(userId(1)))).toStrictEqual([])
    expect(await connections.online([userId(1)])).toStrictEqual(new Set())
  })

  test('a greeted connection hears what its user and everybody hears', async () => {
    const { connections } = given()
    await greet(given(), connection('a', 1))
    await greet(given(), connection('b', 1, { dialect: 'rooms' }))
    await greet(given(), connection('c', 2))
    expect(ids(await connections.all())).toStrictEqual(['a', 'b', 'c'])
    expect(ids(await connections.ofUser(userId(1)))).toStrictEqual(['a', 'b'])
    expect(ids(await connections.ofUser(userId(9)))).toStrictEqual([])
    expect([...(await connections.ofUser(userId(2)))]).toMatchObject([{ id: 'c', user: userId(2), dialect: 'parley' }])
    expect([...(await connections.ofUser(userId(1)))].find(({ id }) => id === 'b')?.dialect).toBe('rooms')
  })

  test('enter says whether its user had none that was greeted', async () => {
    const { connections, clock } = given()
    await open(given(), connection('a', 1))
    expect(await greet(given(), connection('b', 1))).toStrictEqual({ first: true })
    expect(await connections.enter(connectionId('a'), [])).toStrictEqual({ first: false })
    expect(await greet(given(), connection('c', 2))).toStrictEqual({ first: true })
    await connections.close(connectionId('a'), clock.iso())
    await connections.close(connectionId('b'), clock.iso())
    expect(await greet(given(), connection('d', 1))).toStrictEqual({ first: true })
  })

  test('of greetings of one user at once one is the first at least', async () => {
    const answers = await Promise.all(upTo(5).map((number) => greet(given(), connection(`c${number}`, 1))))
    expect(answers.some(({ first }) => first)).toBe(true)
    expect(ids(await given().connections.ofUser(userId(1)))).toHaveLength(5)
  })

  test('ofSession tells all that are open, greeted or not', async () => {
    const { connections, clock } = given()
    await open(given(), connection('a', 1, { session: sessionId(7) }))
    await greet(given(), connection('b', 1, { session: sessionId(7) }))
    await greet(given(), connection('c', 1, { session: sessionId(8) }))
    expect(ids(await connections.ofSession(sessionId(7)))).toStrictEqual(['a', 'b'])
    await connections.close(connectionId('a'), clock.iso())
    expect(ids(await connections.ofSession(sessionId(7)))).toStrictEqual(['b'])
    expect(ids(await connections.ofSession(sessionId(9)))).toStrictEqual([])
  })

  test('online tells those of the users who have a greeted connection', async () => {
    const { connections, clock } = given()
    await greet(given(), connection('a', 1))
    await greet(given(), connection('b', 1))
    await greet(given(), connection('c', 2))
    await open(given(), connection('d', 3))
    expect(await connections.online([1, 2, 3, 4].map(userId))).toStrictEqual(new Set([1, 2].map(userId)))
    expect(await connections.online([userId(2)])).toStrictEqual(new Set([userId(2)]))
    await connections.close(connectionId('a'), clock.iso())
    await connections.close(connectionId('c'), clock.iso())
    expect(await connections.online([1, 2, 3].map(userId))).toStrictEqual(new Set([userId(1)]))
    expect(await connections.online([])).toStrictEqual(new Set())
  })

  test('of connections that a user opens at once no more stay than it may have, and each is told', async () => {
    const { connections } = given()
    await open(given(), connection('other', 2), 3)
    const opened = await Promise.all(upTo(8).map((number) => open(given(), connection(`c${number}`, 1), 3)))
    expect(opened.filter((isOpen) => isOpen)).toHaveLength(3)
    const states = await Promise.all(upTo(8).map((number) => connections.state(connectionId(`c${number}`))))
    expect(states).toStrictEqual(opened.map((isOpen) => (isOpen ? 'open' : undefined)))
    expect(ids(await connections.ofSession(sessionId(1)))).toHaveLength(3)
  })

  test('who has as many open as it may opens another when one is closed, or its lease has run out', async () => {
    const { connections, clock } = given()
    await open(given(), connection('a', 1))
    await open(given(), connection('b', 1))
    clock.pass(40_000)
    await connections.renew(connectionId('b'), clock.iso(leaseMs))
    expect(await open(given(), connection('c', 1), 2)).toBe(false)
    clock.pass(30_000)
    expect(await open(given(), connection('d', 1), 2)).toBe(true)
    expect(await open(given(), connection('e', 1), 2)).toBe(false)
    await connections.close(connectionId('b'), clock.iso())
    expect(await open(given(), connection('f', 1), 2)).toBe(true)
    expect(ids(await connections.ofSession(sessionId(1)))).toStrictEqual(['d', 'f'])
  })

  test('state tells where a connection stands', async () => {
    const { connections, clock } = given()
    const state = () => connections.state(connectionId('a'))
    expect(await state()).toBeUndefined()
    await open(given(), connection('a', 1))
    expect(await state()).toBe('open')
    await connections.enter(connectionId('a'), [])
    expect(await state()).toBe('greeted')
    await connections.close(connectionId('a'), clock.iso())
    expect(await state()).toBeUndefined()
  })

  test('close tells what is left behind, once', async () => {
    const { connections, clock } = given()
    await greet(given(), connection('a', 1))
    await greet(given(), connection('b', 1))
    await open(given(), connection('c', 1))
    const close = (word: string) => connections.close(connectionId(word), clock.iso())
    expect(await close('a')).toStrictEqual({ user: userId(1), dialect: 'parley', greeted: true, last: false })
    expect(await close('a')).toBeUndefined()
    expect(await close('c')).toStrictEqual({ user: userId(1), dialect: 'parley', greeted: false, last: false })
    expect(await close('b')).toStrictEqual({ user: userId(1), dialect: 'parley', greeted: true, last: true })
    expect(await close('b')).toBeUndefined()
    expect(await close('never opened')).toBeUndefined()
  })

  test('a connection that is not greeted leaves its user as the last when no greeted one is there', async () => {
    const { connections, clock } = given()
    await open(given(), connection('a', 1))
    await open(given(), connection('b', 1))
    const departure = await connections.close(connectionId('a'), clock.iso())
    expect(departure).toStrictEqual({ user: userId(1), dialect: 'parley', greeted: false, last: true })
  })

  test('of closings at once one tells; of the last two of a user one is the last at least', async () => {
    const { connections, clock } = given()
    await greet(given(), connection('a', 1))
    await greet(given(), connection('b', 1))
    const departures = await Promise.all(
      ['a', 'b', 'a', 'b', 'a'].map((word) => connections.close(connectionId(word), clock.iso())),
    )
    const told = departures.filter((one) => one !== undefined)
    expect(told).toHaveLength(2)
    expect(told.some(({ last }) => last)).toBe(true)
  })

  test('a closed connection is nowhere, and no call brings it back', async () => {
    const { connections, clock } = given()
    await greet(given(), connection('a', 1))
    await connections.close(connectionId('a'), clock.iso())
    await connections.renew(connectionId('a'), clock.iso(90_000))
    await connections.enter(connectionId('a'), [])
    expect(ids(await connections.all())).toStrictEqual([])
    expect(ids(await connections.ofUser(userId(1)))).toStrictEqual([])
    expect(ids(await connections.ofSession(sessionId(1)))).toStrictEqual([])
    expect(await connections.online([userId(1)])).toStrictEqual(new Set())
    clock.pass(600_000)
    expect(await connections.expired(clock.iso())).toStrictEqual([])
  })
}
