import { limits } from '@parley/protocol/limits'

/** A page of a list and one more, to see whether there is more. */
export const pageLimit = limits.listPage + 1

/** Asks for the page after where the last one ended, or for the first. */
export const pageAfter = <T>(after: T | undefined): { readonly after?: T; readonly limit: number } => ({
  ...(after ? { after } : {}),
  limit: pageLimit,
})

/** The page of what was found so, and whether there is more. */
export const pageOf = <T>(found: readonly T[]): { readonly page: readonly T[]; readonly more: boolean } => ({
  page: found.slice(0, limits.listPage),
  more: found.length > limits.listPage,
})
