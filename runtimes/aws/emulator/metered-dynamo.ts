import { itemSize } from 'dynalite/db/index.js'
import { actOf, type Dynamo, retargeted } from './dynamo.ts'
import type { Meter } from './meter.ts'
import type { ServiceRequest } from './services.ts'

const writes = ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem']
const reads = ['GetItem', 'BatchGetItem', 'Query', 'Scan']

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
export const meteredDynamo = (dynamo: Dynamo, { stored }: Meter): Dynamo => {
  /** The units of a write that was refused: those of the item that stands there. */
  const refused = async (headers: ServiceRequest['headers'], { TableName, Key, Item }: Asked): Promise<number> => {
    const place = Key ?? { pk: Item?.pk, sk: Item?.sk }
    const body = JSON.stringify({ TableName, Key: place, ConsistentRead: true })
    const { text } = await dynamo({ headers: retargeted(headers, 'GetItem'), body })
    const found: { readonly Item?: object } = JSON.parse(text)
    return Math.max(Math.ceil(found.Item ? itemSize(found.Item) / 1024 : 0), 1)
  }
  return async ({ headers, body }) => {
    const asked: Asked = JSON.parse(body)
    const act = actOf(headers)
    const answer = await dynamo({ headers, body: JSON.stringify({ ...asked, ReturnConsumedCapacity: 'TOTAL' }) })
    const { ConsumedCapacity = [] }: { ConsumedCapacity?: Consumed | readonly Consumed[] } = JSON.parse(answer.text)
    const units = [ConsumedCapacity].flat().reduce((sum, { CapacityUnits }) => sum + CapacityUnits, 0)
    if (answer.text.includes('ConditionalCheckFailedException')) stored({ writes: await refused(headers, asked) })
    else if (writes.includes(act)) stored({ writes: units })
    else if (reads.includes(act)) stored({ reads: Math.max(units, asked.ConsistentRead ? 1 : 0.5) })
    return answer
  }
}
