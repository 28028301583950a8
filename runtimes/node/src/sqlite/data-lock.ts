import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { reasonOf } from './failures.ts'

export interface DataLock {
  release(): void
}

/**
 * Takes a data folder for this process, or says that another has it. The lock is one of the operating system's, on
 * `parley.lock`, so it is free as soon as its holder is gone, however it went.
 */
export const lockData = (folder: string): DataLock | 'taken' => {
  const db = new DatabaseSync(join(folder, 'parley.lock'), { timeout: 0 })
  try {
    db.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    db.close()
    if (reasonOf(error) === 'locked') return 'taken'
    throw error
  }
  return { release: () => db.close() }
}
