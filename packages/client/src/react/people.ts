import type { Self, User } from '@parley/protocol'
import type { ConnectionState } from '../state/state.ts'
import { useParley } from './provider.ts'

/** How things stand with the server. */
export const useConnection = (): ConnectionState => useParley(({ connection }) => connection)

/** Who one is; undefined before the first greeting. */
export const useMe = (): Self | undefined => useParley(({ me }) => me)

/** Whose name is known, by id. Renders for each change of anybody; `useUser` for one's own only. */
export const usePeople = (): ReadonlyMap<string, User> => useParley(({ people }) => people)

/** Somebody, if their name is known. */
export const useUser = (user: string): User | undefined => useParley(({ people }) => people.get(user))

/** Whether somebody is connected; undefined if it is not known. */
export const usePresence = (user: string): boolean | undefined => useParley(({ online }) => online.get(user))
