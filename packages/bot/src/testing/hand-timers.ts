import type { Timers } from '../timers.ts'

/** Timers that are moved by hand. */
export interface HandTimers extends Timers {
  /** Goes forward, and acts for what is due. */
  pass(ms: number): void
  /** Resolves once something waits. */
  armed(): Promise<void>
}

export const handTimers = (start = Date.parse('2026-01-02T03:04:05.000Z')): HandTimers => {
  let now = start
  const waiting = new Set<{ readonly at: number; readonly act: () => void }>()
  let listeners: (() => void)[] = []

  return {
    now: () => now,
    after(ms, act) {
      const timer = { at: now + ms, act }
      waiting.add(timer)
      for (const listener of listeners.splice(0)) listener()
      return () => waiting.delete(timer)
    },
    pass(ms) {
      now += ms
      for (const timer of [...waiting]) {
        if (timer.at > now || !waiting.delete(timer)) continue
        timer.act()
      }
    },
    armed() {
      if (waiting.size > 0) return Promise.resolve()
      return new Promise((resolve) => {
        listeners = [...listeners, resolve]
      })
    },
  }
}

/** Timers that are due at once, in the order in which they were set; the time goes forward with them. */
export const quickTimers = (start = Date.parse('2026-01-02T03:04:05.000Z')): Timers => {
  let now = start
  return {
    now: () => now,
    after(ms, act) {
      let isOff = false
      queueMicrotask(() => {
        if (isOff) return
        now += ms
        act()
      })
      return () => {
        isOff = true
      }
    },
  }
}
