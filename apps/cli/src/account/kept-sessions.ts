import { join } from 'node:path'
import type { Self, Session } from '@parley/client'
import { keptFiles } from './kept-files.ts'

/** A session as it is kept: whose it is, and when it was last used. */
export interface KeptSession extends Session {
  readonly user: Self
  /** In milliseconds since 1970, fine enough that no two are the same. */
  readonly usedAt: number
}

/** Who one is on a server, from one call of the command to the next. */
export interface KeptSessions {
  /** The last used first. */
  all(): readonly KeptSession[]
  /** Keeps a session as the last used one, in place of what was kept of its user. */
  keep(session: Session & { readonly user: Self }): void
  forget(user: string): void
}

/** The folder of all that is kept about a server. */
export const serverFolder = (state: string, server: string): string => join(state, encodeURIComponent(server))

export const keptSessions = (state: string, server: string): KeptSessions => {
  const files = keptFiles<KeptSession>(join(serverFolder(state, server), 'sessions'))
  return {
    all: () =>
      files
        .all()
        .filter(({ token, user }) => token && user?.id)
        .sort((one, other) => other.usedAt - one.usedAt),
    keep: (session) => files.put(session.user.id, { ...session, usedAt: performance.timeOrigin + performance.now() }),
    forget: (user) => files.remove(user),
  }
}
