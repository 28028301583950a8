import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { endpointOf, type Request, signedRequest } from '../src/services/request.ts'

/** What came of asking for the first owner's link: the secret of one, that nobody needs one, or why there is none. */
export type Offer =
  | { readonly secret: string }
  | { readonly taken: true }
  /** One line, for whoever deploys. */
  | { readonly failed: string }

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Asks the function that takes commands of who owns the account for the first owner's secret. Never rejects. */
export const offerOwnership = async (request: Request, endpoint: string, functionName: string): Promise<Offer> => {
  try {
    const { status, text } = await request({
      method: 'POST',
      url: `${endpoint}/2015-03-31/functions/${functionName}/invocations`,
      body: JSON.stringify({ action: 'offer-ownership' }),
    })
    const answer = parsed(text)
    if (status === 200 && isObject(answer)) {
      if (typeof answer.secret === 'string') return { secret: answer.secret }
      if (answer.refused === 'conflict') return { taken: true }
    }
    const said = isObject(answer) ? (answer.message ?? answer.Message ?? answer.errorMessage) : undefined
    return { failed: `it answered ${status}${typeof said === 'string' ? `: ${said.slice(0, 200)}` : ''}` }
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) }
  }
}

/** Asks Lambda with the credentials that other tools of AWS find, too: environment, profile, single sign-on, machine. */
export const lambdaOf = (
  region: string,
  environment: Readonly<Record<string, string | undefined>>,
): { readonly request: Request; readonly endpoint: string } => {
  const { credentials } = new DynamoDBClient({ region }).config
  return {
    request: signedRequest('lambda', region, () => credentials()),
    endpoint: endpointOf('lambda', region, environment),
  }
}

/** What there is to say about the first owner after a deploy. */
export const firstOwnerWords = (offer: Offer, address: string, functionName: string, region: string): string => {
  if ('taken' in offer) return 'There is an owner already.'
  if ('secret' in offer) {
    return `Make the first owner, once and within three days: ${address}/first-owner#${offer.secret}`
  }
  return `The link that makes the first owner could not be had: ${offer.failed}.
This answers with a secret, which ${address}/first-owner#SECRET takes once and within three days.

  aws lambda invoke --region ${region} --function-name ${functionName} --cli-binary-format raw-in-base64-out \\
    --payload '{"action":"offer-ownership"}' /dev/stdout`
}
