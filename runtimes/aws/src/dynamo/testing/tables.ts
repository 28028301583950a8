import { isDeepStrictEqual } from 'node:util'
import { type AttributeValue, BatchWriteItemCommand, type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb'

type Items = readonly Readonly<Record<string, AttributeValue>>[]

const keyOf = ({ pk, sk }: Items[number]): string => `${pk?.S}\n${sk?.S}`

/** All items of a table. */
export const itemsOf = async (client: DynamoDBClient, table: string): Promise<Items> => {
  const pages = paginateScan({ client }, { TableName: table })
  return (await Array.fromAsync(pages)).flatMap(({ Items = [] }) => Items)
}

const atOnce = 25

/** Makes a table hold these items and no others; writes only what differs. */
export const restore = async (client: DynamoDBClient, table: string, items: Items): Promise<void> => {
  const wanted = new Map(items.map((item) => [keyOf(item), item]))
  const there = new Map((await itemsOf(client, table)).map((item) => [keyOf(item), item]))
  const requests = [
    ...[...wanted]
      .filter(([key, item]) => !isDeepStrictEqual(item, there.get(key)))
      .map(([, Item]) => ({ PutRequest: { Item } })),
    ...[...there]
      .filter(([key]) => !wanted.has(key))
      .map(([, { pk, sk }]) => ({ DeleteRequest: { Key: { pk, sk } as Items[number] } })),
  ]
  for (let start = 0; start < requests.length; start += atOnce) {
    const piece = requests.slice(start, start + atOnce)
    await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: piece } }))
  }
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
