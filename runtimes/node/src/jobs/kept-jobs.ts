import type { Job } from '@parley/core'

/** Where jobs are kept until they are done. */
export interface KeptJobs {
  /** Keeps jobs; those of them that were not there. When the promise resolves they survive any crash. */
  add(jobs: readonly Job[]): Promise<readonly Job[]>
  remove(id: string): Promise<void>
  all(): readonly Job[]
}
