import { archiveContract } from '@parley/core/testing'
import { dynamoStore } from '../dynamo-store.ts'
import { localDynamo } from '../testing/local-dynamo.ts'
import { dynamoArchive } from './dynamo-archive.ts'

const dynamo = localDynamo()

archiveContract(
  'DynamoDB archive',
  async () => {
    const options = { client: dynamo.client(), table: await dynamo.table() }
    return {
      archive: dynamoArchive(options),
      open: async () => dynamoStore(options),
      close: async () => {},
      stop: async () => {},
    }
  },
  { runs: 10 },
)
