import { storeContract } from '@parley/core/testing'
import { afterAll, beforeAll } from 'vitest'
import { dynamoStore } from './dynamo-store.ts'
import { type LocalDynamo, startLocalDynamo } from './testing/local-dynamo.ts'

let dynamo: LocalDynamo
beforeAll(async () => {
  dynamo = await startLocalDynamo()
})
afterAll(() => dynamo.stop())

storeContract(
  'DynamoDB store',
  async () => {
    const client = dynamo.client()
    const table = await dynamo.table()
    return {
      store: dynamoStore({ client, table }),
      reopen: async () => dynamoStore({ client: dynamo.client(), table }),
      stop: async () => client.destroy(),
    }
  },
  { runs: 10 },
)
