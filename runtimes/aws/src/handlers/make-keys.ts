import { randomBytes } from 'node:crypto'
import { type Answered, endpointOf, environmentCredentials, signedRequest } from '../services/request.ts'

interface Event {
  readonly RequestType: 'Create' | 'Update' | 'Delete'
  readonly ResponseURL: string
  readonly StackId: string
  readonly RequestId: string
  readonly LogicalResourceId: string
  readonly ResourceProperties: { readonly Parameter: string }
}

const { AWS_REGION: region = '' } = process.env
const ask = signedRequest('ssm', region, environmentCredentials(process.env))

const ssm = (act: string, body: object): Promise<Answered> =>
  ask({
    method: 'POST',
    url: `${endpointOf('ssm', region, process.env)}/`,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `AmazonSSM.${act}` },
    body: JSON.stringify(body),
  })

const secret = (): string => randomBytes(32).toString('base64url')

/** The keys that are there, or new ones: a second deploy finds those of the first. */
const keysIn = async (Name: string): Promise<{ readonly origin: string }> => {
  const found = await ssm('GetParameter', { Name, WithDecryption: true })
  if (found.status === 200) return JSON.parse(JSON.parse(found.text).Parameter.Value)
  if (!found.text.includes('ParameterNotFound')) throw new Error(`the keys cannot be looked for: ${found.status}`)
  const made = { tokens: secret(), origin: secret() }
  const put = await ssm('PutParameter', { Name, Value: JSON.stringify(made), Type: 'SecureString' })
  if (put.status !== 200) throw new Error(`the keys cannot be kept: ${put.status}`)
  return made
}

const outcomeOf = async ({ RequestType, ResourceProperties }: Event): Promise<object> => {
  if (RequestType === 'Delete') return { Status: 'SUCCESS' }
  try {
    const { origin } = await keysIn(ResourceProperties.Parameter)
    return { Status: 'SUCCESS', NoEcho: true, Data: { Origin: origin } }
  } catch (error) {
    return { Status: 'FAILED', Reason: String(error) }
  }
}

/**
 * Makes the keys of a stack at its first deploy, for CloudFormation. They stay when the stack goes, as the table does: with
 * other keys everybody would be signed out.
 */
export const handler = async (event: Event): Promise<void> => {
  const { StackId, RequestId, LogicalResourceId, ResourceProperties } = event
  const outcome = await outcomeOf(event)
  const PhysicalResourceId = ResourceProperties.Parameter
  const body = JSON.stringify({ ...outcome, StackId, RequestId, LogicalResourceId, PhysicalResourceId })
  await fetch(event.ResponseURL, { method: 'PUT', body, headers: { 'content-type': '' } })
}
