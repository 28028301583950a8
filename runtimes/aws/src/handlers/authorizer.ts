import { admission, bearerToken } from '@parley/api'
import { isRefusal } from '@parley/core'
import { isFromOurFront, originHeader } from '../origin-secret.ts'
import { openParley } from '../ports.ts'
import { type Facts, headerOf, type SocketEvent } from './events.ts'

const parley = await openParley(process.env)
const rules = admission(parley.settings.origins)

interface Policy {
  readonly principalId: string
  readonly policyDocument: object
  readonly context?: Facts
}

const policy = (principalId: string, effect: 'Allow' | 'Deny', resource: string): Policy => ({
  principalId,
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Action: 'execute-api:Invoke', Effect: effect, Resource: resource }],
  },
})

const nobody = { kind: 'nobody', address: '', mayBeGuest: false } as const

/**
 * Says who opens a socket, by a ticket in the address or a token in a header, and hands the facts on to every event of the
 * connection. API Gateway answers a denial with 403, and this one error with 401.
 */
export const handler = async (event: SocketEvent & { readonly methodArn: string }): Promise<Policy> => {
  const denied = policy('nobody', 'Deny', event.methodArn)
  if (!isFromOurFront(headerOf(event, originHeader), parley.keys.origin)) return denied
  if (!rules.originAllowed(headerOf(event, 'origin'))) return denied
  const ticket = event.queryStringParameters?.ticket
  const token = bearerToken(headerOf(event, 'authorization'))
  if (!ticket && !token) throw new Error('Unauthorized')
  const bearer = ticket
    ? await parley.chat.execute(nobody, { action: 'redeem-ticket', ticket })
    : await parley.chat.execute(nobody, { action: 'authenticate', token: token ?? '' })
  if (isRefusal(bearer)) throw new Error(bearer.refused === 'unauthorized' ? 'Unauthorized' : bearer.message)
  const { user, session, expiresAt } = bearer
  return { ...policy(user, 'Allow', event.methodArn), context: { user, session, expiresAt, dialect: 'parley' } }
}
