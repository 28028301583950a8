import { admission, bearerToken } from '@parley/api'
import { type Connection, isRefusal, type Refusal } from '@parley/core'
import { errorStatus } from '@parley/protocol'
import { isFromOurFront, originHeader } from '../origin-secret.ts'
import { openParley } from '../ports.ts'
import { nobodyFrom } from '../viewer.ts'
import { compatStage, type Facts, headerOf, type Refused, type SocketEvent } from './events.ts'

const { chat, keys, settings, systems } = await openParley(process.env)
const { origin: originSecret } = await keys()
const rules = admission(settings.origins)
const loopback = admission()

type Arriving = Omit<Connection, 'id'>

interface Policy {
  readonly principalId: string
  readonly policyDocument: object
  readonly context?: Facts | Refused
}

const policy = (principalId: string, effect: 'Allow' | 'Deny', resource: string): Policy => ({
  principalId,
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Action: 'execute-api:Invoke', Effect: effect, Resource: resource }],
  },
})

/** API Gateway answers this one error with 401. */
const unauthorized = new Error('Unauthorized')

/** Who opens a socket of Parley's own, by a ticket in the address or a token in a header. */
const identify = async (event: SocketEvent): Promise<Arriving> => {
  const nobody = nobodyFrom(headerOf(event, 'x-forwarded-for'), 'off')
  const ticket = event.queryStringParameters?.ticket
  const token = bearerToken(headerOf(event, 'authorization'))
  if (!ticket && !token) throw unauthorized
  const bearer = ticket
    ? await chat.execute(nobody, { action: 'redeem-ticket', ticket })
    : await chat.execute(nobody, { action: 'authenticate', token: token ?? '' })
  if (!isRefusal(bearer)) return { ...bearer, dialect: 'parley' }
  throw bearer.refused === 'unauthorized' ? unauthorized : new Error(bearer.message)
}

/** Who opens a socket of another chat system; undefined where there is no such system. */
const arrive = async (event: SocketEvent): Promise<Arriving | Refusal | undefined> => {
  const { systemAt } = await import('@parley/dialects')
  const system = systemAt(systems, `/compat/${headerOf(event, 'x-parley-dialect')}`)
  if (!system) return undefined
  const nobody = nobodyFrom(headerOf(event, 'x-forwarded-for'), settings.guests)
  const arrival = await system.arrive({ chat }, nobody, new URLSearchParams(event.queryStringParameters))
  return isRefusal(arrival) ? arrival : { ...arrival, dialect: system.dialect.name }
}

/** Says who opens a socket, and hands the facts on to every event of the connection. A denial is answered with 403. */
export const handler = async (event: SocketEvent & { readonly methodArn: string }): Promise<Policy> => {
  const allowed = (principal: string, context: Facts | Refused): Policy => ({
    ...policy(principal, 'Allow', event.methodArn),
    context,
  })
  const denied = policy('nobody', 'Deny', event.methodArn)
  if (!isFromOurFront(headerOf(event, originHeader), originSecret)) return denied
  const isCompat = event.requestContext.stage === compatStage
  const origin = headerOf(event, 'origin')
  // Pages of other systems may be on the machine of who uses them, too.
  if (!rules.originAllowed(origin) && !(isCompat && loopback.originAllowed(origin))) return denied
  const arriving = isCompat ? await arrive(event) : await identify(event)
  if (arriving === undefined) return allowed('nobody', { status: '404' })
  if (isRefusal(arriving)) return allowed('nobody', { status: String(errorStatus[arriving.refused]) })
  return allowed(arriving.user, arriving)
}
