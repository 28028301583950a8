import { useParley } from '@parley/client/react'

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((name, place) => name === other[place])

/** The names of all who are known: the same list until one of them changes. */
export const useNames = (): readonly string[] =>
  useParley(({ people }) => [...people.values()].map(({ name }) => name), isSame)
