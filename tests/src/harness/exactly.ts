import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'

const without = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

/**
 * What a schema makes of a value, if that is all there is in the value: an answer with a field that its schema does not
 * have says more than it should.
 * @throws {Error} names what was checked and how it differs
 */
export const exactly = <S extends z.ZodType>(schema: S, value: unknown, what: string): z.output<S> => {
  const parsed = schema.safeParse(value)
  const shown = JSON.stringify(value)?.slice(0, 600)
  if (!parsed.success) throw new Error(`${what} is not of its schema: ${parsed.error.message}\n${shown}`)
  if (!isDeepStrictEqual(without(parsed.data), without(value))) {
    throw new Error(`${what} has more than its schema says: ${shown}`)
  }
  return parsed.data
}
