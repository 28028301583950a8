import { randomUUID } from 'node:crypto'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { Clock } from '@parley/core'
import { wholeTable } from './archive/marker.ts'
import { type Context, randomPause } from './context.ts'
import { type Items, openItems } from './items.ts'

/** Where an adapter keeps what it is given. */
export interface DynamoOptions {
  readonly client: DynamoDBClient
  /** The name of a table that is made as `tableDefinition` says. */
  readonly table: string
  readonly clock?: Clock
}

const contextOf = (items: Items, clock: Clock = { now: Date.now }): Context => ({
  items,
  now: () => clock.now(),
  token: randomUUID,
  pause: randomPause,
})

/** A table as it is, also while an import fills it. */
export const openContext = ({ client, table, clock }: DynamoOptions): Context =>
  contextOf(openItems({ client, table, pause: randomPause }), clock)

/** A table that is whole: nothing is asked of it while an import fills it, or where one was cut off. */
export const openWholeContext = ({ client, table, clock }: DynamoOptions): Context => {
  const access = { client, table, pause: randomPause }
  return contextOf(openItems({ ...access, before: wholeTable(openItems(access), table) }), clock)
}
