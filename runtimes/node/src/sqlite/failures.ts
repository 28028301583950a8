import type { Log, Unavailable } from '@parley/core'

export type Reason = Unavailable['reason']

/** By the primary result codes of SQLite, see https://sqlite.org/rescode.html. Those left out tell of a bug. */
const reasons: Readonly<Record<number, Reason>> = {
  3: 'read-only',
  5: 'locked',
  6: 'locked',
  7: 'other',
  8: 'read-only',
  10: 'other',
  11: 'corrupt',
  13: 'full',
  14: 'other',
  15: 'locked',
  26: 'corrupt',
}

/** By the codes of the operating system. */
const systemReasons: Readonly<Record<string, Reason>> = {
  EROFS: 'read-only',
  EACCES: 'read-only',
  EPERM: 'read-only',
  ENOSPC: 'full',
  EDQUOT: 'full',
  ENOENT: 'other',
  EIO: 'other',
  EMFILE: 'other',
}

/** Why the storage failed, or undefined when the error is of another kind. */
export const reasonOf = (error: unknown): Reason | undefined => {
  if (!(error instanceof Error)) return undefined
  if ('errcode' in error && typeof error.errcode === 'number') return reasons[error.errcode & 0xff]
  return 'code' in error && typeof error.code === 'string' ? systemReasons[error.code] : undefined
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Tells the log when something begins to fail, and when it works again: one line each. */
export const healthLog = (log: Log, path: string, what: 'written' | 'read') => {
  let failing: Reason | undefined
  return {
    failed(reason: Reason, cause: string): void {
      if (failing !== reason) log.error({ path, reason, cause }, `The database cannot be ${what}: ${reason}.`)
      failing = reason
    },
    worked(): void {
      if (failing !== undefined) log.info({ path }, `The database can be ${what} again.`)
      failing = undefined
    },
  }
}
export type HealthLog = ReturnType<typeof healthLog>
