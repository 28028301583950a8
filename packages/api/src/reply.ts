import type { Refusal } from '@parley/core'
import { errorStatus } from '@parley/protocol'
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** What every answer carries unless its end point says otherwise: nothing here is to be shown, framed, guessed or kept. */
export const safeHeaders = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
} as const

/** A refusal over HTTP: `{"error": {"code", "message"}}`, with the status of its code unless another is given. */
export const refused = (
  c: Context,
  { refused: code, message, retry }: Refusal,
  status: ContentfulStatusCode = errorStatus[code],
): Response => {
  if (retry !== null) c.header('Retry-After', String(retry))
  if (status === 401) c.header('WWW-Authenticate', 'Bearer')
  return c.json({ error: { code, message } }, status)
}
