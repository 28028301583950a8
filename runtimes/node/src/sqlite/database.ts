import { type Log, Unavailable } from '@parley/core'
import type { ActName, Input, Output } from './acts/table.ts'
import { healthLog, messageOf, reasonOf } from './failures.ts'
import { defaultPatienceMs, openForReading, prepareFile } from './open-sql.ts'
import type { Sql } from './sql.ts'
import { startWriter, writerThread } from './writer-thread.ts'

export interface DatabaseOptions {
  readonly path: string
  readonly log: Log
  /** How long a group of acts waits for a lock that another process holds on the file. */
  readonly patienceMs?: number
}

/** One file, of which this process is the only writer. Where the storage fails, calls fail with {@link Unavailable}. */
export interface SqliteDatabase {
  /** Does an act; when the promise resolves it is on the disk. */
  write<A extends ActName>(act: A, input: Input<A>): Promise<Output<A>>
  /** Reads the state of one moment, at once. It holds every act that was answered before. */
  read<T>(what: (sql: Sql) => T): T
  /** Calls back after the storage has failed: what was known of it may not hold any more. */
  onFailure(listener: () => void): void
  /** Writes what is waiting, then closes the file. */
  close(): Promise<void>
}

/** Opens or makes a database. Throws an error whose message an operator can read. */
export const sqliteDatabase = ({ path, log, patienceMs = defaultPatienceMs }: DatabaseOptions): SqliteDatabase => {
  const listeners: (() => void)[] = []
  const reading = healthLog(log, path, 'read')
  let reader: Sql | undefined
  let closed = false

  const dropReader = (): void => {
    const dropped = reader
    reader = undefined
    dropped?.close()
  }
  const distrust = (): void => {
    dropReader()
    for (const listener of listeners) listener()
  }

  const read = <T>(what: (sql: Sql) => T): T => {
    if (closed) throw new Unavailable('closed')
    try {
      reader ??= openForReading(path)
      reader.run('BEGIN')
      const result = what(reader)
      reader.run('COMMIT')
      reading.worked()
      return result
    } catch (error) {
      dropReader()
      const reason = reasonOf(error)
      if (reason === undefined) throw error
      reading.failed(reason, messageOf(error))
      distrust()
      throw new Unavailable(reason, error)
    }
  }

  prepare(path, patienceMs)
  const writer = writerThread({
    start: () => startWriter({ path, patienceMs }),
    health: healthLog(log, path, 'written'),
    onFailure: distrust,
  })

  return {
    write: writer.write,
    read,
    onFailure: (listener) => {
      listeners.push(listener)
    },
    async close() {
      closed = true
      await writer.close()
      dropReader()
    },
  }
}

const prepare = (path: string, patienceMs: number): void => {
  try {
    prepareFile(path, patienceMs)
  } catch (error) {
    const reason = reasonOf(error)
    if (reason === undefined) throw error
    throw new Error(`The database ${path} cannot be opened: ${reason} (${messageOf(error)}).`, { cause: error })
  }
}
