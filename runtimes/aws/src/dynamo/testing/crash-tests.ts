import { isDeepStrictEqual } from 'node:util'
import type { Store } from '@parley/core'
import { beforeAll, expect, test } from 'vitest'
import { dynamoStore } from '../dynamo-store.ts'
import { Crash, crashable, everyPoint } from './crash.ts'
import { dice } from './dice.ts'
import type { LocalDynamo } from './local-dynamo.ts'
import { itemsOf, newcomers, restore } from './tables.ts'

export type Reads = Readonly<Record<string, (store: Store) => Promise<unknown>>>

export interface Act {
  readonly does: (store: Store) => Promise<unknown>
  readonly reads: Reads
  /** The repeat takes what the first act has taken: there is nothing for it. */
  readonly once?: true
}

type View = readonly (readonly [name: string, value: unknown])[]

/** Reads in an order that differs with the turn, some twice: some readers finish what a writer has left unfinished. */
const view = async (store: Store, reads: Reads, turn: number): Promise<View> => {
  const chance = dice(turn)
  const left = [...Object.entries(reads), ...Object.entries(reads)]
  const seen: [string, unknown][] = []
  while (left.length > Object.keys(reads).length - 2 && left.length > 0) {
    const [[name, read] = []] = left.splice(chance.roll(left.length), 1)
    if (name && read) seen.push([name, await read(store)])
  }
  return seen
}

const readAll = async (store: Store, reads: Reads): Promise<ReadonlyMap<string, unknown>> => {
  const seen = new Map<string, unknown>()
  for (const [name, read] of Object.entries(reads)) seen.set(name, await read(store))
  return seen
}

/** What was read must be as it was before the act up to some point, and as it is after the act from there on. */
const expectWholeOrNothing = (
  seen: View,
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
): void => {
  let done = false
  for (const [name, value] of seen) {
    if (!done && !isDeepStrictEqual(before.get(name), after.get(name))) {
      done = !isDeepStrictEqual(value, before.get(name))
    }
    expect({ [name]: value }).toStrictEqual({ [name]: (done ? after : before).get(name) })
  }
}

/**
 * Registers a test for each act: wherever its process dies, what is read is as it was before or as it is after, and the
 * act can be repeated. `prepare` fills the table that each of them begins with.
 */
export const crashTests = (
  dynamo: LocalDynamo,
  prepare: (table: string) => Promise<void>,
  acts: Readonly<Record<string, Act>>,
): void => {
  const reader = dynamo.client()
  const storeOn = (table: string) => dynamoStore({ client: reader, table })
  let prepared: Awaited<ReturnType<typeof itemsOf>>

  beforeAll(async () => {
    const table = await dynamo.table()
    await prepare(table)
    prepared = await itemsOf(reader, table)
  })

  test.each(Object.entries(acts))(
    '%s happens whole or not at all, and can be repeated',
    async (_, { does, reads, once }) => {
      const writer = dynamo.client()
      const process = crashable(writer)
      const dyingOn = (table: string) => dynamoStore({ client: writer, table })
      const table = await dynamo.table()
      await restore(reader, table, prepared)
      const before = await readAll(storeOn(table), reads)
      const answer = await does(dyingOn(table))
      const calls = process.calls()
      const after = await readAll(storeOn(table), reads)

      const isNew = newcomers()
      for (const [turn, point] of everyPoint(calls).entries()) {
        await restore(reader, table, prepared)
        process.arm(point)
        await expect(does(dyingOn(table))).rejects.toThrow(Crash)
        if (!isNew(await itemsOf(reader, table))) continue
        expectWholeOrNothing(await view(storeOn(table), reads, turn), before, after)
        const again = await does(storeOn(table))
        if (once) expect([answer, undefined]).toContainEqual(again)
        expect(await readAll(storeOn(table), reads)).toStrictEqual(after)
      }
    },
  )
}
