import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'

type Requests = readonly unknown[] | { readonly Keys: readonly unknown[] }
type Batch = Readonly<Record<string, Requests>>

const split = (requests: Requests): readonly [first: Requests, rest: Requests | undefined] => {
  const list = 'Keys' in requests ? requests.Keys : requests
  const put = (part: readonly unknown[]): Requests => ('Keys' in requests ? { ...requests, Keys: part } : part)
  return [put(list.slice(0, 1)), list.length > 1 ? put(list.slice(1)) : undefined]
}

/** Does only the first request of each batch and answers that the others were not processed, as DynamoDB may any time. */
export const halveBatches = (client: DynamoDBClient): void => {
  client.middlewareStack.add(
    (next) => async (args) => {
      const batch: Batch | undefined = Reflect.get(args.input, 'RequestItems')
      if (!batch) return next(args)
      const parts = Object.entries(batch).map(([table, requests]) => [table, split(requests)] as const)
      const RequestItems = Object.fromEntries(parts.map(([table, [first]]) => [table, first]))
      const result = await next({ ...args, input: { ...args.input, RequestItems } as never })
      const left = Object.fromEntries(parts.flatMap(([table, [, rest]]) => (rest ? [[table, rest]] : [])))
      Object.assign(result.output, { UnprocessedItems: left, UnprocessedKeys: left })
      return result
    },
    { step: 'serialize', priority: 'high' },
  )
}
