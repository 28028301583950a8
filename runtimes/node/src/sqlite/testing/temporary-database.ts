import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Log } from '@parley/core'
import { type DatabaseOptions, type SqliteDatabase, sqliteDatabase } from '../database.ts'

/** A database in a folder of its own, for a test. */
export interface TemporaryDatabase {
  readonly path: string
  /** The latest that was opened. */
  database(): SqliteDatabase
  /** The lines of the log, without their fields. */
  readonly lines: readonly string[]
  /** What a crash at this moment would leave, opened. */
  reopen(): Promise<SqliteDatabase>
  stop(): Promise<void>
}

export const temporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'parley-sqlite-'))

export const temporaryDatabase = async (
  options: Partial<Pick<DatabaseOptions, 'patienceMs'>> = {},
): Promise<TemporaryDatabase> => {
  const folders = [await temporaryFolder()]
  const lines: string[] = []
  const line = (_fields: object, message: string): void => {
    lines.push(message)
  }
  const log: Log = { info: line, warn: line, error: line }
  const open = (folder: string): SqliteDatabase => sqliteDatabase({ path: join(folder, 'parley.db'), log, ...options })
  const opened = [open(folders[0] as string)]

  return {
    path: join(folders[0] as string, 'parley.db'),
    database: () => opened.at(-1) as SqliteDatabase,
    lines,
    async reopen() {
      const from = folders.at(-1) as string
      const to = await temporaryFolder()
      for (const file of await readdir(from)) await copyFile(join(from, file), join(to, file))
      folders.push(to)
      const database = open(to)
      opened.push(database)
      return database
    },
    async stop() {
      for (const database of opened) await database.close()
      for (const folder of folders) await rm(folder, { recursive: true, force: true })
    },
  }
}
