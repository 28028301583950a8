import type { Server } from 'node:http'
import dynalite from 'dynalite'
import type { ServiceAnswer, ServiceRequest } from './services.ts'
import type { StackTemplate } from './template.ts'

/** What answers the requests of DynamoDB. */
export type Dynamo = (request: Pick<ServiceRequest, 'headers' | 'body'>) => Promise<ServiceAnswer>

/** Hands a request to a server of this process, past its sockets. */
const past =
  (server: Server): Dynamo =>
  ({ headers, body }) =>
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

const target = 'x-amz-target'
const nobody = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-date': 'none',
  authorization: 'AWS4-HMAC-SHA256 Credential=none, SignedHeaders=none, Signature=none',
}

/** A request by another name. */
export const retargeted = (headers: ServiceRequest['headers'], act: string): ServiceRequest['headers'] => ({
  ...headers,
  [target]: `DynamoDB_20120810.${act}`,
})

export const actOf = (headers: ServiceRequest['headers']): string => (headers[target] ?? '').split('.').at(-1) ?? ''

/** DynamoDB with the stack's table, in the memory of this process. */
export const emulatedDynamo = async (template: StackTemplate): Promise<Dynamo> => {
  const dynamo = past(dynalite({ createTableMs: 0 }))
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
