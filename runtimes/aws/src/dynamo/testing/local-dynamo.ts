import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import dynalite from 'dynalite'
import { tableDefinition } from '../table.ts'
import { inProcess } from './in-process.ts'

/** A DynamoDB for tests, in the memory of this process. */
export interface LocalDynamo {
  /** A client of its own, so that what a test puts into it touches nobody else. */
  client(): DynamoDBClient
  /** Makes an empty table, and answers its name. */
  table(): Promise<string>
}

export const localDynamo = (): LocalDynamo => {
  const server = dynalite({ createTableMs: 0 })
  const client = (): DynamoDBClient =>
    new DynamoDBClient({
      region: 'local',
      endpoint: 'http://in-process.invalid',
      credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
      ...inProcess(server),
    })
  const maker = client()
  let tables = 0
  return {
    client,
    async table() {
      tables += 1
      const TableName = `table-${tables}`
      const { AttributeDefinitions, KeySchema, BillingMode } = tableDefinition
      await maker.send(
        new CreateTableCommand({
          TableName,
          AttributeDefinitions: [...AttributeDefinitions],
          KeySchema: [...KeySchema],
          BillingMode,
        }),
      )
      while ((await maker.send(new DescribeTableCommand({ TableName }))).Table?.TableStatus !== 'ACTIVE');
      return TableName
    },
  }
}
