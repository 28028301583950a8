import { Unavailable } from '@parley/core'

/** What DynamoDB says when it is asked too much at once, or asked in vain to change what another is just changing. */
const busy = new Set([
  'LimitExceededException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'TransactionConflictException',
])

/** The caller's own mistakes: they are bugs, and no trying again helps. */
const bugs = new Set(['ValidationException', 'SerializationException'])

/** What a client says that does not get through. */
const unreachable = new Set(['CredentialsProviderError', 'TimeoutError'])

const field = (error: unknown, name: string): unknown =>
  typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined

export const isUnmetCondition = (error: unknown): boolean => field(error, 'name') === 'ConditionalCheckFailedException'

/**
 * What a failed request is to the engine: {@link Unavailable} where the storage failed, after the client has tried as
 * often as it is set to; the error itself where it is a bug of ours or no answer of DynamoDB at all.
 */
export const asFailure = (error: unknown): unknown => {
  const name = String(field(error, 'name'))
  if (error instanceof Unavailable || bugs.has(name)) return error
  if (busy.has(name) || field(error, '$fault') === 'server') return new Unavailable('busy', error)
  const code = field(error, 'code')
  const network = unreachable.has(name) || (typeof code === 'string' && /^E(?!RR_)[A-Z_]+$/.test(code))
  return network || field(error, '$fault') === 'client' ? new Unavailable('other', error) : error
}
