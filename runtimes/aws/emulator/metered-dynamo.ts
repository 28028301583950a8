import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http'
import { itemSize } from 'dynalite/db/index.js'
import type { Meter } from './meter.ts'

/** What answers the requests of DynamoDB. */
export interface Dynamo {
  emit(event: 'request', request: IncomingMessage, response: ServerResponse): unknown
}

interface Answered {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

/** Hands a request to a server of this process, past its sockets. */
const ask = (server: Server, headers: IncomingHttpHeaders, body: string): Promise<Answered> =>
  new Promise((resolve) => {
    const listeners = new Map<string, (data?: Buffer) => void>()
    const request = {
      method: 'POST',
      url: '/',
      headers,
      on: (event: string, listener: (data?: Buffer) => void) => {
        listeners.set(event, listener)
        return request
      },
      removeAllListeners: () => request,
    }
    const answered: Record<string, string> = {}
    const response = {
      statusCode: 200,
      setHeader: (name: string, value: unknown) => {
        answered[name.toLowerCase()] = String(value)
      },
      end: (text: string) => resolve({ status: response.statusCode, headers: answered, text }),
    }
    server.emit('request', request, response)
    listeners.get('data')?.(Buffer.from(body))
    listeners.get('end')?.()
  })

const writes = ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem']
const reads = ['GetItem', 'BatchGetItem', 'Query', 'Scan']
const target = 'x-amz-target'

interface Asked {
  readonly TableName?: string
  readonly Key?: object
  readonly Item?: { readonly pk: object; readonly sk: object }
  readonly ConsistentRead?: boolean
}
interface Consumed {
  readonly CapacityUnits: number
}

/**
 * DynamoDB that tells what each request costs, in its own units. dynalite counts them when it is asked to, but for two
 * kinds, which DynamoDB bills as the least there is: a query that finds nothing, and a write whose condition did not hold.
 */
export const meteredDynamo = (server: Server, { stored }: Meter): Dynamo => {
  /** The units of a write that was refused: those of the item that stands there. */
  const refused = async (headers: IncomingHttpHeaders, { TableName, Key, Item }: Asked): Promise<number> => {
    const place = Key ?? { pk: Item?.pk, sk: Item?.sk }
    const act = { ...headers, [target]: String(headers[target]).replace(/\w+$/, 'GetItem') }
    const { text } = await ask(server, act, JSON.stringify({ TableName, Key: place, ConsistentRead: true }))
    const found: { readonly Item?: object } = JSON.parse(text)
    return Math.max(Math.ceil(found.Item ? itemSize(found.Item) / 1024 : 0), 1)
  }
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { headers } = request
    const asked: Asked = JSON.parse(Buffer.concat(chunks).toString())
    const act = String(headers[target]).split('.').at(-1) ?? ''
    const answer = await ask(server, headers, JSON.stringify({ ...asked, ReturnConsumedCapacity: 'TOTAL' }))
    const { ConsumedCapacity = [] }: { ConsumedCapacity?: Consumed | readonly Consumed[] } = JSON.parse(answer.text)
    const units = [ConsumedCapacity].flat().reduce((sum, { CapacityUnits }) => sum + CapacityUnits, 0)
    if (answer.text.includes('ConditionalCheckFailedException')) stored({ writes: await refused(headers, asked) })
    else if (writes.includes(act)) stored({ writes: units })
    else if (reads.includes(act)) stored({ reads: Math.max(units, asked.ConsistentRead ? 1 : 0.5) })
    response.writeHead(answer.status, answer.headers).end(answer.text)
  }
  return {
    emit: (_, request, response) => {
      serve(request, response).catch((error) => response.writeHead(500).end(String(error)))
    },
  }
}
