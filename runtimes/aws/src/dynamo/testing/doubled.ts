import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { intercept } from './intercept.ts'

/** Asks for each write twice, and hears only the second answer: as a client does that tries again after an answer was lost. */
export const doubleWrites = (client: DynamoDBClient): void =>
  intercept(client, async ({ name }, run) => {
    if (/^(?:Put|Update|Delete)/.test(name)) await Promise.allSettled([run()])
    return run()
  })
