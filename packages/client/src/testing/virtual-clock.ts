import type { Clock } from '../edges.ts'

/** A time that passes only when a test lets it. */
export interface VirtualClock extends Clock {
  /** Waits until nothing is under way that was tracked, and no promise has anything left to do. */
  settle(): Promise<void>
  /** Lets time pass, from timer to timer, and waits after each until all has settled. */
  pass(ms: number): Promise<void>
  /** To be awaited inside of something that is tracked: time goes on meanwhile. */
  pause(ms: number): Promise<void>
  /** Something that time has to wait for. */
  track<T>(work: Promise<T>): Promise<T>
}

interface Timer {
  readonly at: number
  readonly number: number
  readonly act: () => void
}

/** @param moved is told of each step of the time, in milliseconds */
export const virtualClock = (start: number, moved: (ms: number) => void): VirtualClock => {
  let now = start
  let number = 0
  let underWay = 0
  let whenIdle = () => {}
  const timers = new Set<Timer>()

  const next = (until: number): Timer | undefined => {
    let first: Timer | undefined
    for (const timer of timers) {
      if (timer.at > until) continue
      if (!first || timer.at < first.at || (timer.at === first.at && timer.number < first.number)) first = timer
    }
    return first
  }
  const moveTo = (at: number): void => {
    if (at <= now) return
    moved(at - now)
    now = at
  }
  const leave = (): void => {
    underWay -= 1
    if (underWay === 0) whenIdle()
  }
  const settle = async (): Promise<void> => {
    do {
      if (underWay > 0) {
        await new Promise<void>((resolve) => {
          whenIdle = resolve
        })
      }
      await new Promise((resolve) => setImmediate(resolve))
    } while (underWay > 0)
  }
  const clock: VirtualClock = {
    now: () => now,
    after(ms, act) {
      number += 1
      const timer = { at: now + Math.max(0, ms), number, act }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    settle,
    async pass(ms) {
      const until = now + ms
      await settle()
      for (let timer = next(until); timer; timer = next(until)) {
        timers.delete(timer)
        moveTo(timer.at)
        timer.act()
        await settle()
      }
      moveTo(until)
    },
    pause(ms) {
      leave()
      return new Promise((resolve) => {
        clock.after(ms, () => {
          underWay += 1
          resolve()
        })
      })
    },
    async track(work) {
      underWay += 1
      try {
        return await work
      } finally {
        leave()
      }
    },
  }
  return clock
}
