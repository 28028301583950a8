import type { Archive } from '@parley/core'
import { readArchive } from './read-archive.ts'
import { writeArchive } from './write-archive.ts'

/** The {@link Archive} of a database file. To be written, the file must be nobody's: whoever writes holds the folder's lock. */
export const sqliteArchive = (path: string): Archive => ({
  read: (options) => readArchive(path, options),
  write: (records) => writeArchive(path, records),
})
