import { expect, test } from 'vitest'
import type { Session, Ticket } from '../../ports/records.ts'
import type { Store } from '../../ports/store.ts'
import { addPeople, instant, sessionId, upTo, userId } from '../samples.ts'

const session = (number: number, user = 1): Session => ({
  id: sessionId(number),
  user: userId(user),
  createdAt: instant(number),
  expiresAt: instant(1_000),
})

const ticket = (hash: string): Ticket => ({
  hash,
  user: userId(1),
  session: sessionId(1),
  expiresAt: instant(30_000),
})

export const sessionTests = (given: () => Store): void => {
  const withSessions = async (): Promise<Store> => {
    const store = given()
    await addPeople(store, 2)
    await store.addSession(session(1))
    await store.addSession(session(2))
    await store.addSession(session(3, 2))
    return store
  }

  test('a session is there until it is ended, also when its time is over', async () => {
    const store = await withSessions()
    expect(await store.session(sessionId(1))).toStrictEqual(session(1))
    await store.endSession(sessionId(1))
    await store.endSession(sessionId(1))
    expect(await store.session(sessionId(1))).toBeUndefined()
    expect(await store.session(sessionId(2))).toStrictEqual(session(2))
    expect(await store.session(sessionId(9))).toBeUndefined()
  })

  test('renewSession moves the end of a session that was not ended', async () => {
    const store = await withSessions()
    expect(await store.renewSession(sessionId(1), instant(9_000))).toBe(true)
    expect(await store.session(sessionId(1))).toStrictEqual({ ...session(1), expiresAt: instant(9_000) })
    await store.endSession(sessionId(1))
    expect(await store.renewSession(sessionId(1), instant(10_000))).toBe(false)
    expect(await store.session(sessionId(1))).toBeUndefined()
    expect(await store.renewSession(sessionId(9), instant(10_000))).toBe(false)
  })

  test('endSessionsOf ends all of a user and none of another, and tells which', async () => {
    const store = await withSessions()
    expect([...(await store.endSessionsOf(userId(1)))].sort()).toStrictEqual([sessionId(1), sessionId(2)])
    expect(await store.session(sessionId(1))).toBeUndefined()
    expect(await store.session(sessionId(2))).toBeUndefined()
    expect(await store.session(sessionId(3))).toStrictEqual(session(3, 2))
    expect(await store.endSessionsOf(userId(1))).toStrictEqual([])
    expect(await store.renewSession(sessionId(1), instant(9_000))).toBe(false)
  })

  test('endSessionsOf leaves the one that it is asked to', async () => {
    const store = await withSessions()
    expect(await store.endSessionsOf(userId(1), { except: sessionId(2) })).toStrictEqual([sessionId(1)])
    expect(await store.session(sessionId(1))).toBeUndefined()
    expect(await store.session(sessionId(2))).toStrictEqual(session(2))
  })

  test('a ticket is taken once, also by calls at once', async () => {
    const store = await withSessions()
    await store.addTicket(ticket('one'))
    await store.addTicket(ticket('two'))
    const got = await Promise.all(upTo(10).map(() => store.redeemTicket('one', instant(1))))
    expect(got.filter((one) => one !== undefined)).toStrictEqual([ticket('one')])
    expect(await store.redeemTicket('one', instant(1))).toBeUndefined()
    expect(await store.redeemTicket('two', instant(29_999))).toStrictEqual(ticket('two'))
  })

  test('nobody gets a ticket that is unknown or whose time is over', async () => {
    const store = await withSessions()
    await store.addTicket(ticket('late'))
    await store.addTicket(ticket('on time'))
    expect(await store.redeemTicket('unknown', instant(1))).toBeUndefined()
    expect(await store.redeemTicket('late', instant(30_001))).toBeUndefined()
    expect(await store.redeemTicket('on time', instant(30_000))).toBeUndefined()
  })
}
