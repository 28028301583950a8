import { existsSync, mkdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Archive } from '@parley/core'
import { readSettings } from './settings.ts'
import { copyDatabase } from './sqlite/copy-database.ts'
import { lockData } from './sqlite/data-lock.ts'
import { refuseStrayLog } from './sqlite/files.ts'
import { schemaVersion, versionOf } from './sqlite/migrations.ts'
import { prepareFile } from './sqlite/open-sql.ts'
import { sqliteArchive } from './sqlite/sqlite-archive.ts'

type Environment = Readonly<Record<string, string | undefined>>

const patienceMs = 2_000

/** The data folder that the settings name, and its database. */
const placeOf = (environment: Environment) => {
  const folder = resolve(readSettings(environment).data)
  return { folder, path: join(folder, 'parley.db') }
}

const existing = (environment: Environment) => {
  const place = placeOf(environment)
  if (!existsSync(place.path)) throw new Error(`There is nothing in ${place.folder} yet.`)
  return place
}

/** Does something with a data folder that nobody else uses; it is made if it is not there. */
const alone = async <T>(folder: string, what: string, act: () => Promise<T>): Promise<T> => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const lock = lockData(folder)
  if (lock === 'taken') throw new Error(`A server runs on ${folder}. Stop it first: ${what}.`)
  try {
    return await act()
  } finally {
    lock.release()
  }
}

/** A server that runs has brought the schema up to date when it was started; where none runs, that is done now. */
const bringUpToDate = (folder: string, path: string): void => {
  const db = new DatabaseSync(path, { readOnly: true, timeout: patienceMs })
  const version = versionOf(db, path)
  db.close()
  if (version === schemaVersion) return
  const lock = lockData(folder)
  if (lock === 'taken') return
  try {
    prepareFile(path, patienceMs)
  } finally {
    lock.release()
  }
}

/**
 * The archive of the data folder that the settings name. It is read while a server runs or not; it is written only where
 * none does. Errors have messages that an operator can read.
 */
export const dataArchive = (environment: Environment): Archive => ({
  async *read(options) {
    const { folder, path } = existing(environment)
    bringUpToDate(folder, path)
    yield* sqliteArchive(path).read(options)
  },
  async write(records) {
    const { folder, path } = placeOf(environment)
    await alone(folder, 'an import fills a data folder that nobody uses', () => sqliteArchive(path).write(records))
  },
})

/**
 * Writes a copy of the data folder's database to a file that is not there yet, while a server runs or not. The key that
 * signs tokens is not part of it. How many bytes it has.
 * @throws an error whose message an operator can read
 */
export const backUpData = async (environment: Environment, file: string): Promise<number> => {
  const { path } = existing(environment)
  copyDatabase(path, file)
  return statSync(file).size
}

/**
 * Puts the copy of a database into the data folder, if there is none yet and no server runs on it.
 * @throws an error whose message an operator can read
 */
export const restoreData = async (environment: Environment, file: string): Promise<void> => {
  const { folder, path } = placeOf(environment)
  if (!existsSync(file)) throw new Error(`There is no file ${file}.`)
  await alone(folder, 'a backup is restored into a data folder that nobody uses', async () => {
    if (existsSync(path)) {
      throw new Error(
        `There is a chat in ${folder} already, and nothing is overwritten. Move its parley.db away first.`,
      )
    }
    refuseStrayLog(path)
    copyDatabase(file, path)
  })
}
