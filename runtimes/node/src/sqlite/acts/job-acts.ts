import type { Job } from '@parley/core'
import type { Writing } from './writing.ts'

/** @returns the ids of those that were not there */
export const addJobs = ({ sql }: Writing, jobs: readonly Job[]): readonly string[] =>
  jobs
    .filter(
      (job) =>
        sql.run('INSERT INTO jobs (id, job) VALUES (?, ?) ON CONFLICT (id) DO NOTHING', job.id, JSON.stringify(job)) ===
        1,
    )
    .map(({ id }) => id)

export const removeJob = ({ sql }: Writing, id: string): void => {
  sql.run('DELETE FROM jobs WHERE id = ?', id)
}
