import { admission, api, guestsAllowed } from '@parley/api'
import { refuse } from '@parley/core'
import { general } from '@parley/core/store-rules'
import { errorStatus, type MessageId, risingId } from '@parley/protocol'
import { isFromOurFront, originHeader } from '../origin-secret.ts'
import { openParley } from '../ports.ts'
import { version } from '../version.ts'
import { nobodyFrom, viewerOf } from '../viewer.ts'
import type { HttpAnswer, HttpEvent } from './events.ts'

const { chat, keys, ports, settings, systems } = await openParley(process.env)
const { origin: originSecret } = await keys()

const rules = admission(settings.origins)
const app = api({
  chat,
  version,
  admission: rules,
  log: ports.log,
  health: () =>
    ports.store.room(general).then(
      () => 'ok',
      () => 'failing',
    ),
  newMessageId: () => risingId() as MessageId,
  guests: (facts) => guestsAllowed({ setting: settings.guests, listensOnLoopback: false, ...facts }),
  addressOf: (c) => viewerOf(c.req.header('x-forwarded-for')),
})
/** What clients of other chat systems ask, from any page. */
const openCompat = async () => {
  const { compatRoutes } = await import('@parley/dialects')
  return compatRoutes(systems, { chat, log: ports.log }, (c) => {
    const origin = rules.publicOrigin(c.req.header('host') ?? '', new URL(c.req.url).protocol)
    return {
      nobody: nobodyFrom(c.req.header('x-forwarded-for'), settings.guests),
      socket: (name) => `${origin.replace(/^http/, 'ws')}/compat/${name}`,
    }
  })
}
const compat = settings.compat === 'on' ? await openCompat() : undefined

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
  if (!isFromOurFront(event.headers[originHeader], originSecret)) return unknownWay
  const response = await (compat && event.rawPath.startsWith('/compat/') ? compat : app).fetch(requestOf(event))
  const { status: statusCode, headers } = response
  return { statusCode, headers: Object.fromEntries(headers), body: await response.text() }
}
