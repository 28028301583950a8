import type { z } from 'zod'
import { objectIn } from './frames.ts'

/** What a bag holds at most, in bytes. */
export const bagBytes = 2_048

/**
 * What one system keeps with a connection or a message. Messages of all systems are in one room: a bag says whose it is,
 * and others find nothing in it.
 */
export const bagOf = <S extends z.ZodType>(name: string, schema: S) => ({
  pack: (value: z.output<S>): string => JSON.stringify({ [name]: value }),
  unpack: (bag: string | undefined): z.output<S> | undefined => {
    // Bags may have come from elsewhere with all of a chat.
    const parsed = bag === undefined ? undefined : schema.safeParse(objectIn(bag)?.[name])
    return parsed?.success ? parsed.data : undefined
  },
})
