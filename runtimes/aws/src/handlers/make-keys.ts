import { randomBytes } from 'node:crypto'
import { handleResource, type ResourceEvent } from '../services/cloud-formation.ts'
import { type Answered, endpointOf, environmentCredentials, signedRequest } from '../services/request.ts'

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

/**
 * Makes the keys of a stack at its first deploy. They stay when the stack goes, as the table does: with other keys
 * everybody would be signed out.
 */
export const handler = (event: ResourceEvent): Promise<void> =>
  handleResource(event, async () => ({ Origin: (await keysIn(event.ResourceProperties.Parameter ?? '')).origin }))
