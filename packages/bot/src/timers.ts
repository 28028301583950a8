import type { Clock } from '@parley/core'

/** A clock that also calls back. */
export interface Timers extends Clock {
  /** Acts once after so many milliseconds, unless it is called off before by what this returns. */
  after(ms: number, act: () => void): () => void
}

/** The time of this machine. */
export const machineTimers: Timers = {
  now: () => Date.now(),
  after(ms, act) {
    const timer = setTimeout(act, ms)
    return () => clearTimeout(timer)
  },
}
