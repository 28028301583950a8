import { ledgerContract } from '@parley/core/testing'
import { dynamoLedger } from './dynamo-ledger.ts'
import { localDynamo } from './testing/local-dynamo.ts'

const dynamo = localDynamo()

ledgerContract('DynamoDB ledger', async () => {
  const table = await dynamo.table()
  return {
    ledger: dynamoLedger({ client: dynamo.client(), table }),
    reopen: async () => dynamoLedger({ client: dynamo.client(), table }),
    stop: async () => {},
  }
})
