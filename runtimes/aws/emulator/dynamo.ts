import dynalite from 'dynalite'
import { askPastSockets, unsigned } from './past-sockets.ts'
import type { ServiceAnswer, ServiceRequest } from './services.ts'
import type { StackTemplate } from './template.ts'

/** What answers the requests of DynamoDB. */
export type Dynamo = (request: Pick<ServiceRequest, 'headers' | 'body'>) => Promise<ServiceAnswer>

const target = 'x-amz-target'
const nobody = { 'content-type': 'application/x-amz-json-1.0', ...unsigned }

/** A request by another name. */
export const retargeted = (headers: ServiceRequest['headers'], act: string): ServiceRequest['headers'] => ({
  ...headers,
  [target]: `DynamoDB_20120810.${act}`,
})

export const actOf = (headers: ServiceRequest['headers']): string => (headers[target] ?? '').split('.').at(-1) ?? ''

/** DynamoDB with the stack's table, in the memory of this process. */
export const emulatedDynamo = async (template: StackTemplate): Promise<Dynamo> => {
  const server = dynalite({ createTableMs: 0 })
  const dynamo: Dynamo = ({ headers, body }) =>
    askPastSockets(server, { method: 'POST', url: '/', headers, body: Buffer.from(body) })
  const ask = async (act: string, asked: object): Promise<string> => {
    const { status, text } = await dynamo({ headers: retargeted(nobody, act), body: JSON.stringify(asked) })
    if (status !== 200) throw new Error(`${act}: ${text}`)
    return text
  }
  for (const { id: TableName, properties } of template.ofType('AWS::DynamoDB::GlobalTable')) {
    const { KeySchema, AttributeDefinitions, BillingMode } = properties
    await ask('CreateTable', { TableName, KeySchema, AttributeDefinitions, BillingMode })
    while (!(await ask('DescribeTable', { TableName })).includes('"ACTIVE"'));
  }
  return dynamo
}
