import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'

/** Lets each request of a scan look at few items only, as if the table were large. */
export const shortScans = (client: DynamoDBClient, limit: number): void => {
  client.middlewareStack.add(
    (next, context) => (args) => {
      if (context.commandName !== 'ScanCommand') return next(args)
      return next({ ...args, input: { ...args.input, Limit: limit } as never })
    },
    { step: 'serialize', priority: 'high' },
  )
}
