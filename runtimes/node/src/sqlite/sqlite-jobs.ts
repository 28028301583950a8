import type { Job } from '@parley/core'
import type { KeptJobs } from '../jobs/kept-jobs.ts'
import type { SqliteDatabase } from './database.ts'

/** Jobs in the file of one machine. */
export const sqliteJobs = ({ write, read }: SqliteDatabase): KeptJobs => ({
  add: async (jobs) => {
    const added = new Set(await write('addJobs', jobs))
    return jobs.filter(({ id }) => added.delete(id))
  },
  remove: (id) => write('removeJob', id),
  all: () =>
    read((sql) => sql.all<{ readonly job: string }>('SELECT job FROM jobs ORDER BY id')).map(
      ({ job }) => JSON.parse(job) as Job,
    ),
})
