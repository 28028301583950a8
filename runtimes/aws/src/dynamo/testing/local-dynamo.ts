import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import dynalite from 'dynalite'
import { tableDefinition } from '../table.ts'

/** A DynamoDB for tests: in memory, on a loopback port. */
export interface LocalDynamo {
  /** A client of its own, so that what a test puts into it touches nobody else. */
  client(): DynamoDBClient
  /** Makes an empty table, and answers its name. */
  table(): Promise<string>
  stop(): Promise<void>
}

export const startLocalDynamo = async (): Promise<LocalDynamo> => {
  const server = dynalite({ createTableMs: 0 })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const clients: DynamoDBClient[] = []
  const client = (): DynamoDBClient => {
    const made = new DynamoDBClient({
      region: 'local',
      endpoint: `http://127.0.0.1:${port}`,
      credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
    })
    clients.push(made)
    return made
  }
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
      return TableName
    },
    async stop() {
      for (const one of clients) one.destroy()
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
