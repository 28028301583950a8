import type { ParleyError } from '@parley/client'

/** How a command ends besides 0, for whoever calls it from a script. */
export const exitCodes = {
  failure: 1,
  /** The command was not understood. */
  usage: 2,
  /** Not signed in, or not allowed to. */
  refused: 3,
  /** The server was not reached. */
  unreachable: 4,
} as const

/** What went wrong in one line, for whoever typed the command. */
export class Failure extends Error {
  readonly exitCode: number
  constructor(message: string, exitCode: number = exitCodes.failure) {
    super(message)
    this.exitCode = exitCode
  }
}

const unreached = new Set<ParleyError['code']>(['network', 'timeout', 'disconnected', 'unavailable', 'stopped'])
const refused = new Set<ParleyError['code']>(['unauthorized', 'forbidden', 'signed_out', 'banned'])

const reasons: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'it broke off the connection',
  ENOTFOUND: 'there is no such address',
  EAI_AGAIN: 'its name cannot be looked up now',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no way to it',
  ETIMEDOUT: 'it takes too long',
  UND_ERR_CONNECT_TIMEOUT: 'it takes too long',
}

/** Why a server was not reached: what is deepest among the causes says it best. */
const reasonOf = (error: unknown): string => {
  const { code, message, cause } = error as NodeJS.ErrnoException & { cause?: unknown }
  if (cause) return reasonOf(cause)
  return (code !== undefined && reasons[code]) || message
}

/** What a server, or the way to it, has refused, for whoever typed the command. */
export const failureOf = (error: ParleyError, server: string): Failure => {
  if (unreached.has(error.code)) {
    return new Failure(`${server} does not answer: ${reasonOf(error).replace(/\.$/, '')}.`, exitCodes.unreachable)
  }
  return new Failure(error.message, refused.has(error.code) ? exitCodes.refused : exitCodes.failure)
}
