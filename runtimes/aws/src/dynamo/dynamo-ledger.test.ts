import { ScanCommand } from '@aws-sdk/client-dynamodb'
import { ledgerContract } from '@parley/core/testing'
import { expect, test } from 'vitest'
import { dynamoLedger } from './dynamo-ledger.ts'
import { timeToLiveAttribute } from './table.ts'
import { localDynamo } from './testing/local-dynamo.ts'
import { general, message, user } from './testing/samples.ts'

const dynamo = localDynamo()

ledgerContract('DynamoDB ledger', async () => {
  const table = await dynamo.table()
  return {
    ledger: dynamoLedger({ client: dynamo.client(), table }),
    reopen: async () => dynamoLedger({ client: dynamo.client(), table }),
    stop: async () => {},
  }
})

test('all that is kept of what a reply used goes after 400 days', async () => {
  const table = await dynamo.table()
  const client = dynamo.client()
  const usage = { id: 'one', room: general, user: user(1), bot: user(2), message: message(1), variant: 0 }
  const used = { ...usage, model: 'fast', tokensIn: 2, tokensOut: 3, cost: null, estimated: true }
  await dynamoLedger({ client, table }).add({ ...used, at: '2026-11-21T10:00:00.000Z' })
  const { Items = [] } = await client.send(new ScanCommand({ TableName: table }))
  const end = String(Date.parse('2027-12-26T10:00:00.000Z') / 1000)
  expect(Items.map((item) => item[timeToLiveAttribute]?.N)).toStrictEqual(Array(4).fill(end))
})
