import type { ErrorCode } from '@parley/protocol'

/** A coded no. `retry`: seconds to wait before trying again, or null: do not. `message` is for a person to read. */
export interface Refusal {
  readonly refused: ErrorCode
  readonly message: string
  readonly retry: number | null
}

export const refuse = (refused: ErrorCode, message: string, retry: number | null = null): Refusal => ({
  refused,
  message,
  retry,
})

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'refused' in value
