import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import dynalite from 'dynalite'
import { tableDefinition } from '../table.ts'

/** A DynamoDB for tests that other processes can reach, with what they must be told of it. */
export interface ServedDynamo {
  readonly endpoint: string
  /** Settings of a process that uses it. */
  readonly environment: Readonly<Record<string, string>>
  /** Makes an empty table of this name. */
  table(name: string): Promise<void>
  stop(): Promise<void>
}

/** Serves one on a free port of loopback. */
export const servedDynamo = async (): Promise<ServedDynamo> => {
  const server = dynalite({ createTableMs: 0 })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const client = new DynamoDBClient({
    region: 'local',
    endpoint,
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
  })
  return {
    endpoint,
    environment: { AWS_ACCESS_KEY_ID: 'none', AWS_SECRET_ACCESS_KEY: 'none' },
    async table(name) {
      const { AttributeDefinitions, KeySchema, BillingMode } = tableDefinition
      await client.send(
        new CreateTableCommand({
          TableName: name,
          AttributeDefinitions: [...AttributeDefinitions],
          KeySchema: [...KeySchema],
          BillingMode,
        }),
      )
    },
    async stop() {
      client.destroy()
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
