import type { ErrorCode } from '@parley/protocol'
import { expect } from 'vitest'

/** A refusal of that code, as a frame; `retry` is null: the same again changes nothing. */
export const refusedAs = (code: ErrorCode) => ({
  type: 'error',
  ref: expect.any(String),
  code,
  message: expect.any(String),
  retry: null,
})

/** A refusal of that code, as a value. */
export const refusal = (code: ErrorCode) => ({ refused: code, message: expect.any(String), retry: null })
