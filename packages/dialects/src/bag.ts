import type { z } from 'zod'

/** What a bag holds at most, in bytes. */
export const bagBytes = 2_048

/**
 * What one system keeps with a connection or a message. Messages of all systems are in one room: a bag says whose it is,
 * and others find nothing in it.
 */
export const bagOf = <S extends z.ZodType>(name: string, schema: S) => ({
  pack: (value: z.output<S>): string => JSON.stringify({ [name]: value }),
  unpack: (bag: string | undefined): z.output<S> | undefined => {
    if (bag === undefined) return undefined
    const value = (JSON.parse(bag) as Readonly<Record<string, unknown>>)[name]
    const parsed = schema.safeParse(value)
    return parsed.success ? parsed.data : undefined
  },
})
