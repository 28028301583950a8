import type { Clock } from '../ports/environment.ts'
import { instant } from './samples.ts'

/** A clock that is moved by hand. */
export interface HandClock extends Clock {
  /** Goes forward. */
  pass(ms: number): void
  /** The time `ms` from now, ISO 8601. */
  iso(ms?: number): string
}

/** A {@link HandClock} that begins at a time, in milliseconds since 1970. */
export const handClock = (start = Date.parse(instant(0))): HandClock => {
  let now = start
  return {
    now: () => now,
    pass: (ms) => {
      now += ms
    },
    iso: (ms = 0) => new Date(now + ms).toISOString(),
  }
}
