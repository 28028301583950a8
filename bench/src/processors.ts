import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'

/** Seconds of processor time used until now: by all processes, and by those that were asked for. */
export interface ProcessorTime {
  readonly all: number
  readonly of: readonly number[]
}

const ticksPerSecond = 100

const all = (): number =>
  cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0) / 1000 + stolen()

/** `cpus()` leaves out what the host of a virtual machine took. */
const stolen = (): number => {
  const [, ...fields] = /^cpu .*/.exec(readFileSync('/proc/stat', 'utf8'))?.[0].split(/\s+/) ?? []
  return Number(fields[7] ?? 0) / ticksPerSecond
}

const ofProcess = (pid: number): number => {
  const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')
  const [user = 0, system = 0] = fields.split(' ').slice(11, 13).map(Number)
  return (user + system) / ticksPerSecond
}

/** Undefined where there is no `/proc`. */
export const processorTime = (pids: readonly number[]): ProcessorTime | undefined => {
  try {
    return { all: all(), of: pids.map(ofProcess) }
  } catch {
    return undefined
  }
}

/** What was used between two readings, as a share of one core: by each process, and by everybody else. */
export const shares = (
  before: ProcessorTime | undefined,
  after: ProcessorTime | undefined,
  seconds: number,
): { readonly of: readonly number[]; readonly others: number } | undefined => {
  if (!before || !after) return undefined
  const of = after.of.map((time, index) => (time - (before.of[index] as number)) / seconds)
  const mine = of.reduce((sum, share) => sum + share, 0)
  return { of, others: Math.max(0, (after.all - before.all) / seconds - mine) }
}
