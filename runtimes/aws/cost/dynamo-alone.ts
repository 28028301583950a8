import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb'

const client = new DynamoDBClient({ region: process.env.AWS_REGION ?? '' })

/** A function that has nothing but the client of DynamoDB, to compare others with. */
export const handler = (event: { readonly table: string; readonly key: string }): Promise<unknown> =>
  client.send(new GetItemCommand({ TableName: event.table, Key: { pk: { S: event.key } } }))
