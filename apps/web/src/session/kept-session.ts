import type { Session } from '@parley/client'
import { type Stored, stored } from '../preferences/stored.ts'

const readSession = (json: unknown): Session | undefined =>
  typeof json === 'object' && json !== null && typeof (json as Session).token === 'string'
    ? (json as Session)
    : undefined

/** The session of this browser, shared by its tabs. Undefined: nobody is signed in. */
export const keptSession: Stored<Session | undefined> = stored<Session | undefined>(
  'parley-session',
  undefined,
  readSession,
)
