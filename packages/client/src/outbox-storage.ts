import type { Outgoing } from './state/state.ts'

/** A message of the outbox as it is kept. */
export type StoredOutgoing = Omit<Outgoing, 'failed'> & {
  readonly failed?: { readonly code: string; readonly message: string; readonly retry: number | null }
}

/**
 * Keeps the messages that are not yet on the server over a reload or restart. Several clients of one user may share
 * one, each in a tab of its own: so every message is put and removed by itself.
 */
export interface OutboxStorage {
  /** All that is kept of a user, in any order. */
  load(user: string): Promise<readonly StoredOutgoing[]> | readonly StoredOutgoing[]
  /** Keeps a message, in place of what was kept of its room and id. */
  put(user: string, outgoing: StoredOutgoing): Promise<void> | void
  /** Keeps it no longer; does no harm if it is not kept. */
  remove(user: string, outgoing: Pick<StoredOutgoing, 'room' | 'id'>): Promise<void> | void
}

/** What `localStorage` and `sessionStorage` are. */
export interface WebStorage {
  readonly length: number
  key(index: number): string | null
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

/**
 * An outbox in a storage of the browser.
 * @param prefix of its keys; servers of one origin need different ones
 */
export const webOutbox = (storage: WebStorage, prefix = 'parley-outbox'): OutboxStorage => {
  const keyOf = (user: string, { room, id }: Pick<StoredOutgoing, 'room' | 'id'>) => `${prefix} ${user} ${room} ${id}`
  return {
    load(user) {
      const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '')
      return keys
        .filter((key) => key.startsWith(`${prefix} ${user} `))
        .flatMap((key) => {
          try {
            return [JSON.parse(storage.getItem(key) ?? '') as StoredOutgoing]
          } catch {
            return []
          }
        })
    },
    put: (user, outgoing) => storage.setItem(keyOf(user, outgoing), JSON.stringify(outgoing)),
    remove: (user, outgoing) => storage.removeItem(keyOf(user, outgoing)),
  }
}
