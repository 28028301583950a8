import type { Ledger } from '@parley/core'
import { type DynamoOptions, openWholeContext } from './open-context.ts'
import { addUsage, spent, usageOfMessage, usageOn } from './usage.ts'

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
export const dynamoLedger = (options: DynamoOptions): Ledger => {
  const context = openWholeContext(options)
  return {
    add: (usage) => addUsage(context, usage),
    spent: (account) => spent(context, account),
    ofMessage: (room, message) => usageOfMessage(context, room, message),
    on: (day) => usageOn(context, day),
  }
}
