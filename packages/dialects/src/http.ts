import { type Refusal, refuse } from '@parley/core'
import { errorStatus } from '@parley/protocol'
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** A refusal as all of Parley's HTTP has it. */
export const refusedJson = (
  c: Context,
  { refused: code, message, retry }: Refusal,
  status: number = errorStatus[code],
): Response => {
  if (retry !== null) c.header('Retry-After', String(retry))
  return c.json({ error: { code, message } }, status as ContentfulStatusCode)
}

export const badRequest = (c: Context, message: string): Response => refusedJson(c, refuse('bad_request', message))
