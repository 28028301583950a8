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
 * | act                               | requests | write units | read units |
 * |-----------------------------------|---------:|------------:|-----------:|
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
