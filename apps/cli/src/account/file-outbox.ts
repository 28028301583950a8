import { join } from 'node:path'
import type { OutboxStorage, StoredOutgoing } from '@parley/client'
import { type KeptFiles, keptFiles } from './kept-files.ts'
import { serverFolder } from './kept-sessions.ts'

/** Keeps what could not be sent yet, one file a message. */
export const fileOutbox = (state: string, server: string): OutboxStorage & { clear(user: string): number } => {
  const filesOf = (user: string): KeptFiles<StoredOutgoing> =>
    keptFiles(join(serverFolder(state, server), 'outbox', user))
  const nameOf = ({ room, id }: Pick<StoredOutgoing, 'room' | 'id'>): string => `${room} ${id}`
  return {
    load: (user) => filesOf(user).all(),
    put: (user, outgoing) => filesOf(user).put(nameOf(outgoing), outgoing),
    remove: (user, outgoing) => filesOf(user).remove(nameOf(outgoing)),
    /** Forgets what is kept of a user; answers how many messages that were. */
    clear(user) {
      const files = filesOf(user)
      const count = files.all().length
      files.clear()
      return count
    },
  }
}
