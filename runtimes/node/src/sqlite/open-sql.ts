import { accessSync, closeSync, constants, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { migrate } from './migrations.ts'
import { type Sql, sqlOf } from './sql.ts'

/** How long a reader, who holds up the whole server, waits for a lock of another process. */
const readerPatienceMs = 50

/** How long others wait for a lock of another process, unless told otherwise. */
export const defaultPatienceMs = 2_000

/** Frames of the write-ahead log, 4 KB each, after which they are brought into the file. */
const checkpointPages = 4_000

const configure = (db: DatabaseSync, pragmas: readonly string[]): Sql => {
  try {
    for (const pragma of pragmas) db.exec(`PRAGMA ${pragma}`)
    return sqlOf(db)
  } catch (error) {
    db.close()
    throw error
  }
}

/**
 * The connection that writes. A commit returns when it is on the disk, on macOS too. Whether the file can be written at
 * all is asked first: SQLite only says that it cannot be opened.
 * @param patienceMs how long it waits for a lock of another process
 */
export const openForWriting = (path: string, patienceMs: number): Sql => {
  accessSync(path, constants.R_OK | constants.W_OK)
  return configure(new DatabaseSync(path, { timeout: patienceMs }), [
    'journal_mode = WAL',
    'synchronous = FULL',
    'fullfsync = ON',
    `wal_autocheckpoint = ${checkpointPages}`,
    'journal_size_limit = 67108864',
    'cache_size = -65536',
  ])
}

/** A connection that reads beside the writer. */
export const openForReading = (path: string): Sql =>
  configure(new DatabaseSync(path, { readOnly: true, timeout: readerPatienceMs }), ['cache_size = -32768'])

/** Makes the file if there is none, for the owner's eyes only, and brings its schema up to date. */
export const prepareFile = (path: string, patienceMs = defaultPatienceMs): void => {
  closeSync(openSync(path, 'a', 0o600))
  const db = new DatabaseSync(path, { timeout: patienceMs })
  try {
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
    migrate(db, path)
  } finally {
    db.close()
  }
}
