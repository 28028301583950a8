import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'

/** One request to DynamoDB, as it goes over the wire. */
export interface Call {
  /** Like `PutItem`. */
  readonly name: string
  readonly input: object
}

/** What a client gets for a request. */
interface Result {
  output: object
  response: unknown
}

/** Stands around every request of a client; it may look, wait, fail, or ask twice. */
export type Around = (call: Call, run: () => Promise<Result>) => Promise<Result>

export const intercept = (client: DynamoDBClient, around: Around): void => {
  client.middlewareStack.add(
    (next, context) => (args) =>
      around(
        { name: String(context.commandName).replace(/Command$/, ''), input: args.input },
        () => next(args) as Promise<Result>,
      ) as never,
    { step: 'build' },
  )
}
