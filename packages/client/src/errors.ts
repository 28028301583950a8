import type { Down, ErrorCode } from '@parley/protocol'
import { wire } from './wire.ts'

/**
 * Why something was not done: what the server refused, or what happened on this side of the wire.
 * `signed_out`: the session has ended; `banned`: so says the server; `disconnected`: the connection ended before the
 * answer, so it may have been done or not; `timeout`: no answer came; `network`: the server was not reached;
 * `stopped`: this client was stopped; `discarded`: the message was given up on this side.
 */
export type ParleyErrorCode =
  | ErrorCode
  | 'signed_out'
  | 'banned'
  | 'disconnected'
  | 'timeout'
  | 'network'
  | 'stopped'
  | 'discarded'

/** Why something was not done, and whether it makes sense to try again. */
export class ParleyError extends Error {
  readonly code: ParleyErrorCode
  /** Seconds after which the same may be tried again, or null: a repeat changes nothing. */
  readonly retry: number | null

  constructor(code: ParleyErrorCode, message: string, retry: number | null = null, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause })
    this.name = 'ParleyError'
    this.code = code
    this.retry = retry
  }
}

/** Whether something that was thrown is an error of this library. */
export const isParleyError = (value: unknown): value is ParleyError => value instanceof ParleyError

/** Whatever was thrown, as an error of this library. */
export const asParleyError = (error: unknown): ParleyError =>
  isParleyError(error)
    ? error
    : new ParleyError('network', error instanceof Error ? error.message : 'The server was not reached.', 1, error)

export const refused = ({ code, message, retry }: Down<'error'>): ParleyError => new ParleyError(code, message, retry)

export const timedOut = (): ParleyError => new ParleyError('timeout', 'The server did not answer in time.', 1)

export const stopped = (): ParleyError => new ParleyError('stopped', 'This client is not started.')

/** How a socket ended: its close code, and what the server said before, if it did. */
export interface Farewell {
  readonly code: number
  readonly reason: string
  readonly bye?: Down<'bye'>
}

/** The end of a socket, as the reason why what was under way on it was not answered. */
export const lost = ({ code: closed, reason, bye }: Farewell): ParleyError => {
  const code = bye?.code ?? closed
  const message = (bye?.message ?? reason) || 'The connection was lost.'
  if (code === wire.closed.signedOut) return new ParleyError('signed_out', message)
  if (code === wire.closed.banned) return new ParleyError('banned', message)
  return new ParleyError('disconnected', message, bye?.retry ?? 0)
}

/** After these nobody comes back without signing in anew, or at all. */
export const isFatal = ({ code, retry }: ParleyError): boolean =>
  code === 'signed_out' || code === 'banned' || ((code === 'forbidden' || code === 'bad_request') && retry === null)
