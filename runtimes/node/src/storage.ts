import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Clock, Connections, Ledger, Log, Store } from '@parley/core'
import type { KeptJobs } from './jobs/kept-jobs.ts'
import { type DataLock, lockData } from './sqlite/data-lock.ts'
import { type SqliteDatabase, sqliteDatabase } from './sqlite/database.ts'
import { messageOf } from './sqlite/failures.ts'
import { sqliteConnections } from './sqlite/sqlite-connections.ts'
import { sqliteJobs } from './sqlite/sqlite-jobs.ts'
import { sqliteLedger } from './sqlite/sqlite-ledger.ts'
import { sqliteStore } from './sqlite/sqlite-store.ts'

/** Everything that is kept, in one folder. */
export interface Storage {
  readonly store: Store
  readonly connections: Connections
  readonly ledger: Ledger
  readonly jobs: KeptJobs
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

const lockOf = (data: string): DataLock => {
  const folder = resolve(data)
  try {
    const lock = lockData(data)
    if (lock !== 'taken') return lock
  } catch (error) {
    throw new Error(`The data folder ${folder} cannot be used: ${messageOf(error)}.`, { cause: error })
  }
  throw new Error(`Another server runs on ${folder}. One folder is for one server.`)
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
  const lock = lockOf(data)
  let database: SqliteDatabase | undefined
  try {
    database = sqliteDatabase({ path: join(data, 'parley.db'), log })
    const { write, close } = database
    const health = probe(() => write('probe', null), clock)
    return {
      store: sqliteStore(database),
      connections: await sqliteConnections(database, { clock }),
      ledger: sqliteLedger(database),
      jobs: sqliteJobs(database),
      health: () => health.now(),
      close: async () => {
        await close()
        lock.release()
      },
    }
  } catch (error) {
    await database?.close()
    lock.release()
    throw error
  }
}
