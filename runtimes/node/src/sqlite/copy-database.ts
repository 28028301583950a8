import { closeSync, existsSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { putInPlace, removeDatabase } from './files.ts'
import { versionOf } from './migrations.ts'
import { defaultPatienceMs } from './open-sql.ts'

/** Refuses what is no database of Parley, or one of a newer version, in a line that an operator can read. */
const check = (db: DatabaseSync, path: string): void => {
  let known = false
  try {
    known = db.prepare(`SELECT 1 FROM rooms WHERE id = 'general'`).get() !== undefined
  } catch (error) {
    throw new Error(`${path} is no database of Parley.`, { cause: error })
  }
  if (!known) throw new Error(`${path} is no database of Parley.`)
  versionOf(db, path)
}

const refuseExisting = (path: string): void => {
  if (existsSync(path)) throw new Error(`${path} exists already. Nothing is overwritten.`)
}

/** Looks at every page and every row: what is restored shall be as it was kept. */
const examine = (path: string, from: string): void => {
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    const found = Object.values(db.prepare('PRAGMA integrity_check(1)').get() ?? {})
    if (found[0] !== 'ok') throw new Error(`${from} is damaged: ${String(found[0])}`)
  } finally {
    db.close()
  }
}

/**
 * Copies a database as it is at one moment, also while a server writes it, to where no file is yet. The copy is one file,
 * for the owner only, and on the disk when this returns.
 * @throws an error whose message an operator can read
 */
export const copyDatabase = (from: string, to: string): void => {
  refuseExisting(to)
  const partial = `${to}.partial`
  removeDatabase(partial)
  closeSync(openSync(partial, 'wx', 0o600))
  try {
    const db = new DatabaseSync(from, { readOnly: true, timeout: defaultPatienceMs })
    try {
      check(db, from)
      db.prepare('VACUUM INTO ?').run(partial)
    } finally {
      db.close()
    }
    examine(partial, from)
    refuseExisting(to)
    putInPlace(partial, to)
  } catch (error) {
    removeDatabase(partial)
    throw error
  }
}
