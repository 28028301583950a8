import { expect, test } from 'vitest'
import type { ConnectionEntry } from '../../ports/connections.ts'
import type { GivenConnections } from '../connections-contract.ts'
import { instant, upTo, userId } from '../samples.ts'
import { connection, connectionId, greet, leaseMs, open } from './people.ts'

export const recordTests = (given: () => GivenConnections): void => {
  const pages = async (limit: number): Promise<readonly ConnectionEntry[]> => {
    const { connections } = given()
    const all: ConnectionEntry[] = []
    for (let page = await connections.records({ limit }); page.length > 0; ) {
      expect(page.length).toBeLessThanOrEqual(limit)
      all.push(...page)
      const after = page.at(-1)?.id
      page = after === undefined ? [] : await connections.records({ after, limit })
    }
    return all
  }

  test('a record is there from the opening on, and stays after the end', async () => {
    const { connections, clock } = given()
    await open(given(), connection('a', 1, { dialect: 'rooms' }))
    const record = { id: connectionId('a'), user: userId(1), dialect: 'rooms', connectedAt: instant(0) }
    expect(await connections.records({ limit: 10 })).toStrictEqual([record])
    clock.pass(1_000)
    await connections.enter(connectionId('a'), [])
    expect(await connections.records({ limit: 10 })).toStrictEqual([record])
    await connections.close(connectionId('a'), clock.iso())
    expect(await connections.records({ limit: 10 })).toStrictEqual([{ ...record, disconnectedAt: instant(1_000) }])
  })

  test('a second closing does not change the record', async () => {
    const { connections, clock } = given()
    await greet(given(), connection('a', 1))
    await connections.close(connectionId('a'), clock.iso(1))
    await connections.close(connectionId('a'), clock.iso(2))
    expect(await connections.records({ limit: 10 })).toMatchObject([{ disconnectedAt: instant(1) }])
  })

  test('the newest connection comes first, page after page', async () => {
    const { clock } = given()
    for (const word of ['c', 'a', 'd', 'b', 'e']) {
      await greet(given(), connection(word, 1))
      clock.pass(1)
    }
    await given().connections.close(connectionId('a'), clock.iso())
    for (const limit of [1, 2, 5, 10]) {
      expect((await pages(limit)).map(({ id }) => id)).toStrictEqual(['e', 'b', 'd', 'a', 'c'])
    }
  })

  test('connections of one moment are each listed once', async () => {
    await Promise.all(upTo(9).map((number) => open(given(), connection(`c${number}`, number))))
    const seen = (await pages(2)).map(({ id }) => id)
    expect([...seen].sort()).toStrictEqual(upTo(9).map((number) => `c${number}`))
  })

  test('a connection whose lease has run out stays in the records', async () => {
    const { connections, clock } = given()
    await greet(given(), connection('a', 1))
    clock.pass(leaseMs + 1)
    expect((await connections.records({ limit: 10 })).map(({ id }) => id)).toStrictEqual(['a'])
    await connections.close(connectionId('a'), clock.iso())
    expect(await connections.records({ limit: 10 })).toMatchObject([{ disconnectedAt: clock.iso() }])
  })

  test('records outlive a crash', async () => {
    const { connections, clock, reopened } = given()
    await greet(given(), connection('a', 1))
    await connections.close(connectionId('a'), clock.iso(5))
    clock.pass(1)
    await greet(given(), connection('b', 2))
    const after = await (await reopened()).records({ limit: 10 })
    expect(after.map(({ id }) => id)).toStrictEqual(['b', 'a'])
    expect(after[1]).toStrictEqual({
      id: connectionId('a'),
      user: userId(1),
      dialect: 'parley',
      connectedAt: instant(0),
      disconnectedAt: instant(5),
    })
  })
}
