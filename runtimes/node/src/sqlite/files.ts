import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** Waits until what a file or folder holds is on the disk. */
const sync = (path: string): void => {
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Removes a database with all that SQLite may have put beside it. */
export const removeDatabase = (path: string): void => {
  for (const file of [path, `${path}-wal`, `${path}-shm`, `${path}-journal`]) rmSync(file, { force: true })
}

/** Lets a whole file take its place: after a crash it is there, or what was there before. */
export const putInPlace = (from: string, path: string): void => {
  sync(from)
  renameSync(from, path)
  sync(dirname(path))
}

/** Refuses a path where a database would find a log that is not its own. */
export const refuseStrayLog = (path: string): void => {
  const log = `${path}-wal`
  if (!existsSync(path) && existsSync(log) && statSync(log).size > 0) {
    throw new Error(`${log} is left of a database that was moved away. Move it away, too.`)
  }
}
