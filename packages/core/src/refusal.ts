import type { ErrorCode } from '@parley/protocol'

/** A coded no. `retry`: seconds to wait before trying again, or null: do not. `message` is for a person to read. */
export interface Refusal {
  readonly refused: ErrorCode
  readonly message: string
  readonly retry: number | null
}

/** Says no. `retry`, in seconds, where the same may be asked again. */
export const refuse = (refused: ErrorCode, message: string, retry: number | null = null): Refusal => ({
  refused,
  message,
  retry,
})

/** Whoever sent too much may go on after `wait` seconds. */
export const tooMuch = (wait: number): Refusal => refuse('rate_limited', 'Too much at once. Wait a little.', wait)

/** Whether an answer is a no. */
export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'refused' in value
