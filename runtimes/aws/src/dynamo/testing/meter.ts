import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { BatchGetCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { Key } from '../items.ts'
import { intercept } from './intercept.ts'

/** What some acts asked of DynamoDB: requests, write units, read units. */
export interface Cost {
  readonly calls: number
  readonly writes: number
  readonly reads: number
}

const bytes = (text: string): number => Buffer.byteLength(text)

/** By the rules that AWS publishes for the size of an item. */
const valueSize = (value: unknown): number => {
  if (typeof value === 'string') return bytes(value)
  if (typeof value === 'number') return Math.ceil(String(value).replace(/[-.]/g, '').length / 2) + 1
  if (value instanceof Set) return [...value].reduce((sum, one) => sum + valueSize(one), 0)
  if (Array.isArray(value)) return value.reduce((sum, one) => sum + valueSize(one) + 1, 3)
  if (typeof value === 'object' && value !== null) return itemSize(value) + Object.keys(value).length + 3
  return 1
}
const itemSize = (item: object): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + bytes(name) + valueSize(value), 0)

const units = (size: number, unit: number): number => Math.max(1, Math.ceil(size / unit))
const readUnits = (size: number, consistent: unknown): number => units(size, 4096) * (consistent ? 1 : 0.5)
const writeUnits = (size: number): number => units(size, 1024)

/** A key as it goes over the wire. */
interface WireKey {
  readonly pk: { readonly S: string }
  readonly sk: { readonly S: string }
}
const keyOf = ({ pk, sk }: WireKey): Key => ({ pk: pk.S, sk: sk.S })

/** What goes over the wire, as far as it is looked at. */
interface Asked {
  readonly TableName?: string
  readonly Key?: WireKey
  readonly Item?: WireKey
  readonly ConsistentRead?: boolean
  readonly FilterExpression?: string
  readonly RequestItems?: Readonly<Record<string, ReadBatch | readonly WriteRequest[]>>
}
interface ReadBatch {
  readonly Keys: readonly WireKey[]
  readonly ConsistentRead?: boolean
}
interface WriteRequest {
  readonly PutRequest?: { readonly Item: WireKey }
  readonly DeleteRequest?: { readonly Key: WireKey }
}

/** What the client makes of an answer. */
interface Answered {
  readonly Item?: object
  readonly Items?: readonly object[]
  readonly Responses?: Readonly<Record<string, readonly object[]>>
}

/**
 * Counts what a client asks for, in DynamoDB's units, from the sizes of the items; `peek` is another client, by which it
 * looks at what is written, before and after. dynalite itself tells less than DynamoDB would charge.
 */
export const meter = (client: DynamoDBClient, peek: DynamoDBClient) => {
  let cost: Cost = { calls: 0, writes: 0, reads: 0 }
  const documents = DynamoDBDocumentClient.from(peek)

  const sizesOf = async (table: string, keys: readonly Key[]): Promise<readonly number[]> => {
    const input = { RequestItems: { [table]: { Keys: [...keys], ConsistentRead: true } } }
    const found = (await documents.send(new BatchGetCommand(input))).Responses?.[table] ?? []
    return keys.map(({ pk, sk }) => {
      const item = found.find((one) => one.pk === pk && one.sk === sk)
      return item ? itemSize(item) : 0
    })
  }
  const written = async <T>(table: string, keys: readonly Key[], run: () => Promise<T>): Promise<T> => {
    const before = await sizesOf(table, keys)
    try {
      return await run()
    } finally {
      const after = await sizesOf(table, keys)
      const writes = before.reduce((sum, size, index) => sum + writeUnits(Math.max(size, after[index] ?? 0)), 0)
      cost = { ...cost, writes: cost.writes + writes }
    }
  }
  const read = (amount: number): void => {
    cost = { ...cost, reads: cost.reads + amount }
  }

  intercept(client, async ({ name, input }, run) => {
    cost = { ...cost, calls: cost.calls + 1 }
    const asked = input as Asked
    const [table = '', batch] = Object.entries(asked.RequestItems ?? {})[0] ?? [asked.TableName, undefined]
    if (batch && !('Keys' in batch)) {
      const keys = batch.flatMap(({ PutRequest, DeleteRequest }) => PutRequest?.Item ?? DeleteRequest?.Key ?? [])
      return written(table, keys.map(keyOf), run)
    }
    const place = asked.Item ?? asked.Key
    if (name !== 'GetItem' && place) return written(table, [keyOf(place)], run)
    const result = await run()
    const got = result.output as Answered
    if (batch) {
      const found = got.Responses?.[table] ?? []
      for (const item of found) read(readUnits(itemSize(item), batch.ConsistentRead))
      read((batch.Keys.length - found.length) * readUnits(0, batch.ConsistentRead))
    } else {
      if (asked.FilterExpression) throw new Error('what a filter drops is not seen here')
      const items = got.Items ?? (got.Item ? [got.Item] : [])
      read(
        readUnits(
          items.reduce((sum, item) => sum + itemSize(item), 0),
          asked.ConsistentRead,
        ),
      )
    }
    return result
  })

  return {
    async of(act: () => Promise<unknown>): Promise<Cost> {
      cost = { calls: 0, writes: 0, reads: 0 }
      await act()
      return cost
    },
  }
}
