import { connectionsContract } from '@parley/core/testing'
import { afterAll, beforeAll } from 'vitest'
import { dynamoConnections } from './dynamo-connections.ts'
import { type LocalDynamo, startLocalDynamo } from './testing/local-dynamo.ts'

let dynamo: LocalDynamo
beforeAll(async () => {
  dynamo = await startLocalDynamo()
})
afterAll(() => dynamo.stop())

connectionsContract('DynamoDB connections', async (clock) => {
  const client = dynamo.client()
  const table = await dynamo.table()
  return {
    connections: dynamoConnections({ client, table, clock }),
    reopen: async () => dynamoConnections({ client: dynamo.client(), table, clock }),
    stop: async () => client.destroy(),
  }
})
