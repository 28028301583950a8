import type { Bot, Timers } from '@parley/bot'
import type { Job, Jobs, Log } from '@parley/core'
import type { KeptJobs } from './kept-jobs.ts'

/** The {@link Jobs} of one machine, and who does them. */
export interface JobQueue extends Jobs {
  /** Begins with what was left over, all of which is due. */
  start(): void
  /**
   * Leaves what is under way, for the next start to begin anew. Resolves when all have left it, or when the time is over.
   */
  stop(withinMs: number): Promise<void>
}

export interface JobQueueOptions {
  readonly kept: KeptJobs
  readonly work: Bot['work']
  readonly timers: Timers
  readonly log: Log
  /** So many jobs are done at a time: 16 when left out. */
  readonly atOnce?: number
}

interface Entry {
  readonly job: Job
  /** How often in a row it has failed, and since when. */
  readonly failures: number
  readonly failingSince: number | undefined
}

/** A failed job is tried again after a second, then two, four, and so on up to this. */
const pauseMaxMs = 60_000
/** One that has been failing for so long is given up. */
const patienceMs = 5 * 60_000
/** What is to be looked at again at a time is looked at a little later, so that it is over by every clock. */
const graceMs = 50

export const jobQueue = ({ kept, work, timers, log, atOnce = 16 }: JobQueueOptions): JobQueue => {
  /** The ids of all that are waiting, ready or under way. */
  const known = new Set<string>()
  const ready: Entry[] = []
  const underWay = new Set<Promise<void>>()
  const callOffs = new Set<() => void>()
  const ending = new AbortController()
  let started = false

  const take = (job: Job): void => {
    if (!started || ending.signal.aborted || known.has(job.id)) return
    known.add(job.id)
    ready.push({ job, failures: 0, failingSince: undefined })
    proceed()
  }

  const later = (entry: Entry, ms: number): void => {
    const callOff = timers.after(ms, () => {
      callOffs.delete(callOff)
      ready.push(entry)
      proceed()
    })
    callOffs.add(callOff)
  }

  /** Whoever asks for it from now on asks for it anew. */
  const remove = async ({ job }: Entry): Promise<void> => {
    known.delete(job.id)
    try {
      await kept.remove(job.id)
    } catch (error) {
      known.add(job.id)
      throw error
    }
  }

  const failed = async (entry: Entry, error: unknown): Promise<void> => {
    const { job, failures, failingSince = timers.now() } = entry
    const { kind, id } = job
    if (timers.now() - failingSince < patienceMs) {
      log.warn({ err: error, kind, job: id }, 'a job of a bot failed, and is tried again')
      later({ job, failures: failures + 1, failingSince }, Math.min(pauseMaxMs, 1000 * 2 ** failures))
      return
    }
    log.error({ err: error, kind, job: id }, 'a job of a bot failed too often, and is given up')
    // What cannot be taken away now comes again after the next start.
    await remove(entry).catch(() => undefined)
  }

  const perform = async (entry: Entry): Promise<void> => {
    try {
      const worked = await work(entry.job, ending.signal)
      if (ending.signal.aborted) return
      if (worked === 'done') await remove(entry)
      else later({ ...entry, failures: 0, failingSince: undefined }, waitFor(worked.until, timers))
    } catch (error) {
      if (!ending.signal.aborted) await failed(entry, error)
    }
  }

  const proceed = (): void => {
    while (!ending.signal.aborted && underWay.size < atOnce) {
      const entry = ready.shift()
      if (!entry) return
      const performing = perform(entry).finally(() => {
        underWay.delete(performing)
        proceed()
      })
      underWay.add(performing)
    }
  }

  return {
    async enqueue(jobs) {
      for (const job of await kept.add(jobs)) take(job)
    },
    start() {
      started = true
      for (const job of kept.all()) take(job)
    },
    async stop(withinMs) {
      ending.abort()
      for (const callOff of callOffs) callOff()
      if (underWay.size === 0) return
      let callOff = (): void => {}
      const deadline = new Promise<void>((resolve) => {
        callOff = timers.after(withinMs, resolve)
      })
      await Promise.race([Promise.all(underWay), deadline])
      callOff()
    },
  }
}

const waitFor = (until: string, timers: Timers): number => Math.max(0, Date.parse(until) - timers.now()) + graceMs
