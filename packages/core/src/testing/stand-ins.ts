import type { Counter, Duration, Ids, Log, Metrics, Passwords } from '../ports/environment.ts'
import type { Job, Jobs } from '../ports/jobs.ts'

/** Ids that count up, other ones than those of `samples.ts`: the same calls always get the same. */
export const countingIds = (): Ids => {
  let count = 0
  const next = (): string => {
    count += 1
    return count.toString(16).padStart(12, '0')
  }
  return {
    uuid: () => `00000009-0000-4000-8000-${next()}`,
    secret: () => `secret-${next()}`,
  }
}

/** Passwords that are neither slow nor safe, where a test is about something else. */
export const quickPasswords: Passwords = {
  hash: async (password) => `quick:${password}`,
  verify: async (password, hash) => hash === `quick:${password}`,
}

export interface LogLine {
  readonly level: 'info' | 'warn' | 'error'
  readonly message: string
  readonly fields: object
}

/** A log that keeps its lines. */
export interface CollectedLog extends Log {
  readonly lines: readonly LogLine[]
}

export const collectedLog = (): CollectedLog => {
  const lines: LogLine[] = []
  const keep = (level: LogLine['level']) => (fields: object, message: string) => {
    lines.push({ level, message, fields })
  }
  return { lines, info: keep('info'), warn: keep('warn'), error: keep('error') }
}

/** Jobs that nobody does: what a test asks for. */
export interface KeptJobs extends Jobs {
  readonly kept: readonly Job[]
}

export const keptJobs = (): KeptJobs => {
  const kept: Job[] = []
  return {
    kept,
    enqueue: async (jobs) => {
      kept.push(...jobs)
    },
  }
}

/** Metrics that can be asked. */
export interface TestMetrics extends Metrics {
  /** What was counted under a name, with labels that have at least these. */
  counted(name: Counter, labels?: Readonly<Record<string, string>>): number
  /** The seconds that were observed under a name. */
  observed(name: Duration): readonly number[]
}

export const testMetrics = (): TestMetrics => {
  const counts: { name: Counter; labels: Readonly<Record<string, string>>; by: number }[] = []
  const durations: { name: Duration; seconds: number }[] = []
  return {
    count: (name, labels = {}, by = 1) => {
      counts.push({ name, labels, by })
    },
    observe: (name, seconds) => {
      durations.push({ name, seconds })
    },
    counted: (name, wanted = {}) =>
      counts
        .filter((one) => one.name === name && Object.entries(wanted).every(([key, value]) => one.labels[key] === value))
        .reduce((sum, { by }) => sum + by, 0),
    observed: (name) => durations.filter((one) => one.name === name).map(({ seconds }) => seconds),
  }
}
