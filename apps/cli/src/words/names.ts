import type { ClientState, RoomState } from '@parley/client'
import { harmless } from '../terminal/harmless.ts'

type Known = Pick<ClientState, 'people' | 'me'>
type Facts = Pick<RoomState['facts'], 'id' | 'kind' | 'name' | 'with'>

/** The present name of a user. */
export const nameOf = ({ people }: Pick<ClientState, 'people'>, user: string): string =>
  harmless(people.get(user)?.name ?? 'somebody')

/** Who else is in a direct room. */
export const othersIn = ({ me }: Pick<ClientState, 'me'>, facts: Facts): readonly string[] =>
  (facts.with ?? []).filter((id) => id !== me?.id)

/** How a room is called: a direct one by who else is in it. */
export const titleOf = (known: Known, facts: Facts): string => {
  if (facts.kind !== 'direct') return harmless(facts.name || facts.id)
  const others = othersIn(known, facts)
  return others.length > 0 ? others.map((id) => nameOf(known, id)).join(', ') : `${known.me?.name ?? 'You'} (you)`
}

/** `Ana`, `Ana and Bia`, `Ana, Bia and Caio`, or only how many when they are more. */
export const listed = (names: readonly string[]): string => {
  if (names.length > 3) return `${names.length} people`
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
