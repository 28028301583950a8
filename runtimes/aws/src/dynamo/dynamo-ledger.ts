import { randomUUID } from 'node:crypto'
import type { Clock, Ledger } from '@parley/core'
import { wholeTable } from './archive/marker.ts'
import { type Context, randomPause } from './context.ts'
import type { DynamoStoreOptions } from './dynamo-store.ts'
import { openItems } from './items.ts'
import { addUsage, spent, usageOfMessage, usageOn } from './usage.ts'

const systemClock: Clock = { now: Date.now }

/**
 * A {@link Ledger} in the table of the store.
 *
 * | act                              | requests | write units | read units |
 * |----------------------------------|---------:|------------:|-----------:|
 * | add what a reply used            |        2 |           4 |          0 |
 * | what a user spent, by 51 replies |        1 |           0 |          6 |
 * | what a room spent, by 51 replies |        1 |           0 |          2 |
 * | what a reply used                |        1 |           0 |          1 |
 * | the sums of a day of 51 replies  |        1 |           0 |          6 |
 */
export const dynamoLedger = ({ client, table, clock = systemClock }: DynamoStoreOptions): Ledger => {
  const access = { client, table, pause: randomPause }
  const context: Context = {
    items: openItems({ ...access, before: wholeTable(openItems(access), table) }),
    now: () => clock.now(),
    token: randomUUID,
    pause: randomPause,
  }
  return {
    add: (usage) => addUsage(context, usage),
    spent: (account) => spent(context, account),
    ofMessage: (room, message) => usageOfMessage(context, room, message),
    on: (day) => usageOn(context, day),
  }
}
