import { limits } from '@parley/protocol'
import type { z } from 'zod'
import { type Refusal, refuse } from './refusal.ts'

/**
 * What is wrong with somebody's input, in one line: the first field that is, and how.
 * @param within the name of what was checked, where its fields do not say it
 */
export const explain = (error: z.ZodError, within?: string): Refusal => {
  const issue = error.issues[0]
  const field = [...(within === undefined ? [] : [within]), ...(issue?.path ?? [])].join('.')
  if (issue?.message === 'too_large') {
    return refuse('too_large', `${field}: at most ${limits.textUnits} UTF-16 units`)
  }
  return refuse('bad_request', `${field ? `${field}: ` : ''}${issue?.message ?? 'not understood'}`.slice(0, 300))
}
