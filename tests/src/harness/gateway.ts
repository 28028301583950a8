import { type Down, ErrorBody, errorStatus } from '@parley/protocol'
import { expect, inject } from 'vitest'
import { exactly } from './exactly.ts'

/** Whether a gateway stands before the server, which refuses what it can by itself, in its own words. */
export const behindGateway = (): boolean => inject('deployment') === 'aws'

const codes: Readonly<Record<string, string>> = {
  Forbidden: 'unknown_action',
  'Invalid request body': 'bad_request',
  'Internal server error': 'internal',
}

const unnamed = new WeakSet<object>()

/** Whether this is an error that a gateway has answered, which does not say what frame it is about. */
export const isUnnamed = (frame: Down): boolean => unnamed.has(frame)

/** The error that a gateway answers by itself, as the server would say it; undefined for every other frame. */
export const gatewayError = (frame: object): Down<'error'> | undefined => {
  if ('type' in frame || !('message' in frame && 'connectionId' in frame && 'requestId' in frame)) return undefined
  const code = behindGateway() ? codes[String(frame.message)] : undefined
  if (code === undefined) return undefined
  const error = { type: 'error', code, message: frame.message, retry: null } as Down<'error'>
  unnamed.add(error)
  return error
}

/** The code for a text that is too long: a gateway that checks frames knows no better one, where it sees that. */
export const tooLong = (): unknown =>
  behindGateway() ? expect.stringMatching(/^(?:bad_request|too_large)$/) : 'too_large'

/** The code in the body of a refusal; where a gateway has refused, its body is its own, and the status says all. */
export const codeIn = ({ status, text }: { readonly status: number; readonly text: string }): string => {
  if (behindGateway() && !text.startsWith('{"error":')) {
    const known = Object.entries(errorStatus).find(([, one]) => one === status)?.[0]
    return known ?? (status === 421 ? 'bad_request' : `none for ${status}`)
  }
  return exactly(ErrorBody, JSON.parse(text), 'the answer to an upgrade').error.code
}
