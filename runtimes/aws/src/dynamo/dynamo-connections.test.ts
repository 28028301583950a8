import { connectionsContract } from '@parley/core/testing'
import { dynamoConnections } from './dynamo-connections.ts'
import { localDynamo } from './testing/local-dynamo.ts'

const dynamo = localDynamo()

connectionsContract('DynamoDB connections', async (clock) => {
  const table = await dynamo.table()
  return {
    connections: dynamoConnections({ client: dynamo.client(), table, clock }),
    reopen: async () => dynamoConnections({ client: dynamo.client(), table, clock }),
    stop: async () => {},
  }
})
