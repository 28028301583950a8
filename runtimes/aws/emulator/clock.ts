/** The emulator's time: that of the machine, until it is put forward. */
export interface EmulatedClock {
  /** Milliseconds since 1970. */
  now(): number
  /** Acts once after so many milliseconds, unless it is called off before by what this returns. */
  after(ms: number, act: () => void): () => void
  /** Puts it forward: whatever has become due happens. */
  advance(ms: number): void
}

interface Timer {
  readonly at: number
  readonly act: () => void
  handle?: NodeJS.Timeout
}

/** @param tell hears how many milliseconds it is ahead, whenever that changes */
export const emulatedClock = (tell: (aheadMs: number) => void = () => {}): EmulatedClock => {
  const timers = new Set<Timer>()
  let ahead = 0
  const now = (): number => Date.now() + ahead
  const arm = (timer: Timer): void => {
    clearTimeout(timer.handle)
    timer.handle = setTimeout(
      () => {
        timers.delete(timer)
        timer.act()
      },
      Math.max(timer.at - now(), 0),
    )
    timer.handle.unref()
  }
  return {
    now,
    after: (ms, act) => {
      const timer: Timer = { at: now() + ms, act }
      timers.add(timer)
      arm(timer)
      return () => {
        timers.delete(timer)
        clearTimeout(timer.handle)
      }
    },
    advance: (ms) => {
      ahead += ms
      tell(ahead)
      for (const timer of timers) arm(timer)
    },
  }
}
