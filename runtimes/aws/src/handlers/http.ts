import { randomUUID } from 'node:crypto'
import { admission, api, guestsAllowed } from '@parley/api'
import { refuse } from '@parley/core'
import type { MessageId, RoomId } from '@parley/protocol'
import { errorStatus } from '@parley/protocol'
import { isFromOurFront, originHeader } from '../origin-secret.ts'
import { openParley } from '../ports.ts'
import { version } from '../version.ts'
import type { HttpAnswer, HttpEvent } from './events.ts'

const { chat, keys, ports, settings } = await openParley(process.env)

/**
 * The address of who asks. Both CloudFront and API Gateway add the address that they were asked from: what stands before
 * those two is whatever the client has chosen.
 */
const viewerOf = (forwarded: string | undefined): string => (forwarded ?? '').split(',').at(-2)?.trim() ?? ''

const app = api({
  chat,
  version,
  admission: admission(settings.origins),
  log: ports.log,
  health: () =>
    ports.store.room('general' as RoomId).then(
      () => 'ok',
      () => 'failing',
    ),
  newMessageId: () => randomUUID() as MessageId,
  guests: (facts) => guestsAllowed({ setting: settings.guests, listensOnLoopback: false, ...facts }),
  addressOf: (c) => viewerOf(c.req.header('x-forwarded-for')),
})
/** The host that CloudFront was asked for: it asks the gateway by the gateway's own. */
const publicHost = settings.origins?.[0] === undefined ? undefined : new URL(settings.origins[0]).host

const { refused, message } = refuse('forbidden', 'Come through the front.')
const unknownWay: HttpAnswer = {
  statusCode: errorStatus[refused],
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ error: { code: refused, message } }),
}

const requestOf = ({ rawPath, rawQueryString, headers, requestContext, body, isBase64Encoded }: HttpEvent): Request => {
  const { [originHeader]: _, host: asked = '', 'x-forwarded-proto': protocol = 'https', ...rest } = headers
  const { method } = requestContext.http
  const host = publicHost ?? asked
  // What looks has no body, whatever was sent with it.
  const sent = body !== undefined && method !== 'GET' && method !== 'HEAD'
  return new Request(`${protocol}://${host}${rawPath}${rawQueryString && `?${rawQueryString}`}`, {
    method,
    headers: { ...rest, host },
    ...(sent && { body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8') }),
  })
}

/** The HTTP API, for what has come through CloudFront. */
export const handler = async (event: HttpEvent): Promise<HttpAnswer> => {
  if (!isFromOurFront(event.headers[originHeader], keys.origin)) return unknownWay
  const response = await app.fetch(requestOf(event))
  const { status: statusCode, headers } = response
  return { statusCode, headers: Object.fromEntries(headers), body: await response.text() }
}
