import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Clock, Connections, Log, Store } from '@parley/core'
import { lockData } from './sqlite/data-lock.ts'
import { sqliteDatabase } from './sqlite/database.ts'
import { sqliteConnections } from './sqlite/sqlite-connections.ts'
import { sqliteStore } from './sqlite/sqlite-store.ts'

/** Everything that is kept, in one folder. */
export interface Storage {
  readonly store: Store
  readonly connections: Connections
  /** Whether the storage takes what it is given. */
  health(): Promise<'ok' | 'failing'>
  /** Stores what is under way, and lets the folder go. */
  close(): Promise<void>
}

/** Answers are good for so long: whoever asks for health all the time shall not keep the disk busy. */
const probedForMs = 1_000

/** Whether something can be stored, by storing something. */
const probe = (store: () => Promise<void>, clock: Clock) => {
  let latest: Promise<'ok' | 'failing'> | undefined
  let at = 0
  return {
    now: (): Promise<'ok' | 'failing'> => {
      if (latest && clock.now() - at < probedForMs) return latest
      at = clock.now()
      latest = store().then(
        () => 'ok',
        () => 'failing',
      )
      return latest
    },
  }
}

/**
 * Opens a data folder, or makes it, readable by its owner only.
 * @throws an error whose message an operator can read: another server has it, it cannot be written, its file is damaged
 */
export const openStorage = async (
  data: string,
  { log, clock }: { readonly log: Log; readonly clock: Clock },
): Promise<Storage> => {
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const lock = lockData(data)
  if (lock === 'taken') throw new Error(`Another server runs on ${resolve(data)}. One folder is for one server.`)
  try {
    const database = sqliteDatabase({ path: join(data, 'parley.db'), log })
    const health = probe(() => database.write('probe', null), clock)
    return {
      store: sqliteStore(database),
      connections: await sqliteConnections(database, { clock }),
      health: () => health.now(),
      close: async () => {
        await database.close()
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}
