import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb'
import { Unavailable } from '@parley/core'
import { type Changes, type Condition, expressions, updateText } from './expression.ts'
import { asFailure, isUnmetCondition } from './failure.ts'

export interface Key {
  readonly pk: string
  readonly sk: string
}

/** A part of a partition, by ascending sort key unless it is `descending`. At most one of the bounds is given. */
export interface Range {
  readonly pk: string
  /** Both included. */
  readonly between?: readonly [string, string]
  readonly prefix?: string
  /** Not included. */
  readonly after?: string
  /** Not included. */
  readonly before?: string
  readonly descending?: boolean
  /** Items to look at before the page ends. */
  readonly limit?: number
  readonly start?: Key
  /** Which of the items looked at are answered. */
  readonly where?: Condition
}

export interface Page<T> {
  readonly items: readonly T[]
  /** Where the next page starts; there may be none though this is here. */
  readonly next?: Key
}

/** What an update answers: the item after it, or before. */
export type Returned = 'ALL_NEW' | 'ALL_OLD'

/**
 * The items of one table. Every read is strongly consistent. The types of what is read are taken on trust: nobody but
 * this adapter writes the table. Where DynamoDB fails, all reject as {@link asFailure} says.
 */
export interface Items {
  get<T>(key: Key): Promise<T | undefined>
  /** Those that exist, in any order. */
  getMany<T>(keys: readonly Key[]): Promise<readonly T[]>
  query<T>(range: Range): Promise<Page<T>>
  /** All pages of a range. */
  pages<T>(range: Range): AsyncGenerator<readonly T[]>
  /** Says whether the condition held. */
  put(item: Key, when?: Condition): Promise<boolean>
  /** Puts whatever was there. */
  putAll(items: readonly Key[]): Promise<void>
  /** Undefined when the condition did not hold; an item that was not there is empty. */
  update<T>(key: Key, changes: Changes, when?: Condition, returned?: Returned): Promise<Partial<T> | undefined>
  /** The item that was there, unless the condition did not hold. */
  remove<T>(key: Key, when?: Condition): Promise<T | undefined>
  removeAll(keys: readonly Key[]): Promise<void>
  /** The keys of all items of the table that the condition holds of, page by page, in no order. */
  keys(where?: Condition): AsyncGenerator<readonly Key[]>
}

/** The key of an item, or of a key. */
const keyOf = ({ pk, sk }: Key): Key => ({ pk, sk })

const batchReads = 100
const batchWrites = 25
const batchTries = 8

export interface ItemsOptions {
  readonly client: DynamoDBClient
  readonly table: string
  readonly pause: (attempt: number) => Promise<void>
  /** Waited for before each request; where it rejects, nothing is asked. */
  readonly before?: () => Promise<void>
}

export const openItems = ({ client, table, pause, before }: ItemsOptions): Items => {
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } })

  const ask = async <T>(request: () => Promise<T>): Promise<T> => {
    try {
      await before?.()
      return await request()
    } catch (error) {
      throw asFailure(error)
    }
  }
  /** The answer of a write, or undefined when its condition did not hold. */
  const attempt = <T>(request: () => Promise<T>): Promise<T | undefined> =>
    ask(async () => {
      try {
        return await request()
      } catch (error) {
        if (isUnmetCondition(error)) return undefined
        throw error
      }
    })
  /** Asks again for what DynamoDB left undone. */
  const inPieces = async <T>(list: readonly T[], size: number, run: (piece: T[]) => Promise<readonly T[]>) => {
    const pieces = Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
      list.slice(index * size, (index + 1) * size),
    )
    await Promise.all(
      pieces.map(async (piece) => {
        let left: readonly T[] = piece
        for (let tries = 0; left.length > 0; tries += 1) {
          if (tries === batchTries) throw new Unavailable('busy')
          if (tries > 0) await pause(tries)
          left = await run([...left])
        }
      }),
    )
  }
  const write = (requests: readonly Record<string, unknown>[]) =>
    inPieces(requests, batchWrites, async (piece) => {
      const answer = await ask(() => documents.send(new BatchWriteCommand({ RequestItems: { [table]: piece } })))
      return answer.UnprocessedItems?.[table] ?? []
    })

  const query = async <T>(range: Range): Promise<Page<T>> => {
    const { pk, between, prefix, after, before, descending, limit, start, where } = range
    const answer = await ask(() =>
      documents.send(
        new QueryCommand({
          TableName: table,
          ConsistentRead: true,
          ScanIndexForward: !descending,
          ...(limit !== undefined && { Limit: limit }),
          ...(start && { ExclusiveStartKey: keyOf(start) }),
          ...expressions(({ name, value }) => {
            const bounds = [
              between && `${name('sk')} BETWEEN ${value(between[0])} AND ${value(between[1])}`,
              prefix !== undefined && prefix !== '' && `begins_with(${name('sk')}, ${value(prefix)})`,
              after !== undefined && after !== '' && `${name('sk')} > ${value(after)}`,
              before !== undefined && `${name('sk')} < ${value(before)}`,
            ].filter((bound) => typeof bound === 'string')
            return {
              KeyConditionExpression: [`${name('pk')} = ${value(pk)}`, ...bounds].join(' AND '),
              FilterExpression: where?.({ name, value }),
            }
          }),
        }),
      ),
    )
    const next = answer.LastEvaluatedKey as Key | undefined
    return { items: (answer.Items ?? []) as T[], ...(next && { next }) }
  }

  return {
    async get(key) {
      const { Item } = await ask(() =>
        documents.send(new GetCommand({ TableName: table, Key: keyOf(key), ConsistentRead: true })),
      )
      return Item as never
    },
    async getMany<T>(keys: readonly Key[]) {
      const found: T[] = []
      const unique = [...new Map(keys.map((key) => [`${key.pk}\n${key.sk}`, keyOf(key)])).values()]
      await inPieces(unique, batchReads, async (piece) => {
        const answer = await ask(() =>
          documents.send(new BatchGetCommand({ RequestItems: { [table]: { Keys: piece, ConsistentRead: true } } })),
        )
        found.push(...((answer.Responses?.[table] ?? []) as T[]))
        return (answer.UnprocessedKeys?.[table]?.Keys ?? []) as Key[]
      })
      return found
    },
    query,
    async *pages<T>(range: Range) {
      let next = range.start
      do {
        const page: Page<T> = await query({ ...range, ...(next && { start: next }) })
        yield page.items
        next = page.next
      } while (next)
    },
    async put(item, when) {
      const command = new PutCommand({
        TableName: table,
        Item: item,
        ...expressions((binder) => ({ ConditionExpression: when?.(binder) })),
      })
      return (await attempt(() => documents.send(command))) !== undefined
    },
    putAll: (items) => write(items.map((Item) => ({ PutRequest: { Item } }))),
    async update(key, changes, when, returned = 'ALL_NEW') {
      const command = new UpdateCommand({
        TableName: table,
        Key: keyOf(key),
        ReturnValues: returned,
        ...expressions((binder) => ({
          UpdateExpression: updateText(changes, binder),
          ConditionExpression: when?.(binder),
        })),
      })
      const answer = await attempt(() => documents.send(command))
      return answer && ((answer.Attributes ?? {}) as never)
    },
    async remove(key, when) {
      const command = new DeleteCommand({
        TableName: table,
        Key: keyOf(key),
        ReturnValues: 'ALL_OLD',
        ...expressions((binder) => ({ ConditionExpression: when?.(binder) })),
      })
      return (await attempt(() => documents.send(command)))?.Attributes as never
    },
    removeAll: (keys) => write(keys.map((key) => ({ DeleteRequest: { Key: keyOf(key) } }))),
    async *keys(where) {
      let next: Record<string, unknown> | undefined
      do {
        const start = next
        const answer = await ask(() =>
          documents.send(
            new ScanCommand({
              TableName: table,
              ConsistentRead: true,
              ...(start && { ExclusiveStartKey: start }),
              ...expressions((binder) => ({
                ProjectionExpression: `${binder.name('pk')}, ${binder.name('sk')}`,
                FilterExpression: where?.(binder),
              })),
            }),
          ),
        )
        yield (answer.Items ?? []) as Key[]
        next = answer.LastEvaluatedKey
      } while (next)
    },
  }
}
