import { type AttributeValue, BatchWriteItemCommand, type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb'
import type { LocalDynamo } from './local-dynamo.ts'

type Items = readonly Readonly<Record<string, AttributeValue>>[]

/** All items of a table. */
export const itemsOf = async (client: DynamoDBClient, table: string): Promise<Items> => {
  const pages = paginateScan({ client }, { TableName: table })
  return (await Array.fromAsync(pages)).flatMap(({ Items = [] }) => Items)
}

/** A new table with these items. */
export const tableOf = async (dynamo: LocalDynamo, client: DynamoDBClient, items: Items): Promise<string> => {
  const table = await dynamo.table()
  for (let start = 0; start < items.length; start += 25) {
    const puts = items.slice(start, start + 25).map((Item) => ({ PutRequest: { Item } }))
    await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: puts } }))
  }
  return table
}

/** Whether the items, but for the tokens in them, have not been shown before. */
export const newcomers = (): ((items: Items) => boolean) => {
  const seen = new Set<string>()
  return (items) => {
    const tokens = /(?!0000000)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g
    const text = JSON.stringify(items).replace(tokens, 'token')
    const isNew = !seen.has(text)
    seen.add(text)
    return isNew
  }
}
