import { randomUUID } from 'node:crypto'
import { admission, api, guestsAllowed } from '@parley/api'
import { refuse } from '@parley/core'
import type { MessageId, RoomId } from '@parley/protocol'
import { errorStatus } from '@parley/protocol'
import { handle, type LambdaEvent } from 'hono/aws-lambda'
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
const serve = handle(app)

/** The host that CloudFront was asked for: it asks the gateway by the gateway's own. */
const publicHost = settings.origins?.[0] === undefined ? undefined : new URL(settings.origins[0]).host

const { refused, message } = refuse('forbidden', 'Come through the front.')
const unknownWay: HttpAnswer = {
  statusCode: errorStatus[refused],
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ error: { code: refused, message } }),
}

/** The HTTP API, for what has come through CloudFront. */
export const handler = async (event: HttpEvent): Promise<HttpAnswer> => {
  const { [originHeader]: shown, ...headers } = event.headers
  if (!isFromOurFront(shown, keys.origin)) return unknownWay
  const asked = { ...event, headers: { ...headers, ...(publicHost && { host: publicHost }) } }
  return (await serve(asked as LambdaEvent)) as HttpAnswer
}
