import { APICallError, InvalidResponseDataError, LoadAPIKeyError, LoadSettingError } from '@ai-sdk/provider'
import { z } from 'zod'
import { type FailureKind, ModelFailure } from '../failure.ts'

const noCredit = "The model's account has no credit left. Whoever runs the server has to see to it."
const unknownModel = "The model's address does not know this model. Whoever runs the server should check its name."

/** What providers say about an error, inside of a stream or as a body: only looked at, never shown. */
const Said = z
  .object({
    type: z.string().nullish().catch(null),
    code: z.union([z.string(), z.number()]).nullish().catch(null),
    message: z.string().nullish().catch(null),
  })
  .catch({})
type Said = z.infer<typeof Said>

const causes = function* (error: unknown): Generator<unknown> {
  let current = error
  for (let depth = 0; current !== undefined && current !== null && depth < 8; depth++) {
    yield current
    current = current instanceof Error ? current.cause : undefined
  }
}

const day = 86_400

/** `Retry-After` in seconds, as a number or a date, and the finer header of some providers; whole, 1 to a day. */
const secondsToWait = (headers: Readonly<Record<string, string>> | undefined, now: number): number | undefined => {
  const fine = Number(headers?.['retry-after-ms'] ?? Number.NaN) / 1000
  const plain = headers?.['retry-after'] ?? ''
  const whole = /^\s*\d/.test(plain) ? Number.parseFloat(plain) : (Date.parse(plain) - now) / 1000
  const seconds = Number.isFinite(fine) ? fine : whole
  return Number.isFinite(seconds) ? Math.min(day, Math.max(1, Math.ceil(seconds))) : undefined
}

const tooLong = /context.?(?:length|window|size)|maximum context|too (?:long|large)/i
const wait = /please wait|too many requests/i
const credit = /insufficient_quota|credit balance|billing/i

const kindOfStatus = (status: number): FailureKind => {
  if (status === 401 || status === 403) return 'unauthorized'
  if (status === 429) return 'rate_limited'
  if (status === 413) return 'too_long'
  return status === 408 || status === 409 || status >= 500 ? 'unavailable' : 'refused'
}

/** Where the code or the type says more than the status, or there is no status: an error in a stream that began well. */
const kindOfWord = (word: string): FailureKind | undefined => {
  if (/rate_limit|throttl/i.test(word)) return 'rate_limited'
  if (/authentication|permission|invalid_api_key/i.test(word)) return 'unauthorized'
  if (/overloaded|server_error|api_error|timeout/i.test(word)) return 'unavailable'
  return undefined
}

const told = (said: Said, status: number | undefined, retryAfter: number | undefined): ModelFailure => {
  const code = typeof said.code === 'number' ? said.code : undefined
  const effective = status ?? (code !== undefined && code >= 400 && code < 600 ? code : undefined)
  const words = `${said.type ?? ''} ${said.code ?? ''}`
  const detail = effective === undefined ? 'an error in the stream' : `status ${effective}`
  if (effective === 402 || credit.test(`${words} ${said.message ?? ''}`)) {
    return new ModelFailure('refused', { line: noCredit, detail })
  }
  // Inside of a stream Bedrock names no type, and words its throttling as if a text were too long.
  if (effective === undefined && wait.test(said.message ?? '')) return new ModelFailure('rate_limited', { detail })
  const mayBeTooLong = effective === undefined || (effective >= 400 && effective < 500 && effective !== 429)
  if (mayBeTooLong && tooLong.test(`${words} ${said.message ?? ''}`)) return new ModelFailure('too_long', { detail })
  if (effective === 404) return new ModelFailure('refused', { line: unknownModel, detail })
  const kind = kindOfWord(words) ?? (effective === undefined ? 'unavailable' : kindOfStatus(effective))
  const mayWait = kind === 'rate_limited' || kind === 'unavailable'
  return new ModelFailure(kind, { detail, retryAfter: mayWait ? retryAfter : undefined })
}

const parsed = (text: string | undefined): unknown => {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}

/** A body is an error, or holds one under `error`; Google's servers put it into a list. */
const saidIn = (body: string | undefined): Said => {
  const whole = parsed(body)
  const first: unknown = Array.isArray(whole) ? whole[0] : whole
  const inner = typeof first === 'object' && first !== null && 'error' in first ? first.error : first
  return Said.parse(typeof inner === 'string' ? { message: inner } : inner)
}

const ofCall = (error: APICallError, now: number): ModelFailure => {
  const status = error.statusCode
  if (status === undefined) return new ModelFailure('unavailable', { detail: 'no connection' })
  if (status < 400) return new ModelFailure('cut', { detail: `broken off, status ${status}` })
  return told(saidIn(error.responseBody), status, secondsToWait(error.responseHeaders, now))
}

/** Whatever a provider's SDK threw or put into its stream, as a failure for the room. */
export const sdkFailure = (error: unknown, now: number): ModelFailure => {
  for (const cause of causes(error)) if (cause instanceof ModelFailure) return cause
  if (APICallError.isInstance(error)) return ofCall(error, now)
  if (InvalidResponseDataError.isInstance(error) && error.data === undefined) {
    return new ModelFailure('cut', { detail: 'no end of the stream' })
  }
  if (LoadAPIKeyError.isInstance(error) || LoadSettingError.isInstance(error)) {
    return new ModelFailure('unauthorized', { detail: error.name })
  }
  if (error instanceof Error) {
    const isCut = error.message === 'terminated' || /^Incomplete .* frame/.test(error.message)
    return new ModelFailure(isCut ? 'cut' : 'bad_answer', { detail: error.name })
  }
  return told(Said.parse(error), undefined, undefined)
}
