import { storeContract } from '@parley/core/testing'
import { dynamoStore } from './dynamo-store.ts'
import { localDynamo } from './testing/local-dynamo.ts'

const dynamo = localDynamo()

storeContract(
  'DynamoDB store',
  async () => {
    const table = await dynamo.table()
    return {
      store: dynamoStore({ client: dynamo.client(), table }),
      reopen: async () => dynamoStore({ client: dynamo.client(), table }),
      stop: async () => {},
    }
  },
  { runs: 10 },
)
