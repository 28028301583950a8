import type { Clock } from './edges.ts'

/** A clock whose timers can be stopped all together: a client that is stopped keeps no process alive. */
export interface PausingClock extends Clock {
  /** From now on no timer runs. */
  pause(): void
  /** Timers go on with the time that was left to them. */
  resume(): void
}

interface Timer {
  readonly act: () => void
  /** While it runs, when it is due; else what was left of it. In milliseconds. */
  until: number
  callOff: (() => void) | undefined
}

/** Begins paused. */
export const pausingClock = ({ now, after }: Clock): PausingClock => {
  const timers = new Set<Timer>()
  let isPaused = true

  const run = (timer: Timer, ms: number): void => {
    timer.until = now() + ms
    timer.callOff = after(ms, () => {
      timers.delete(timer)
      timer.act()
    })
  }
  return {
    now,
    after(ms, act) {
      const timer: Timer = { act, until: ms, callOff: undefined }
      timers.add(timer)
      if (!isPaused) run(timer, ms)
      return () => {
        timer.callOff?.()
        timers.delete(timer)
      }
    },
    pause() {
      if (isPaused) return
      isPaused = true
      for (const timer of timers) {
        timer.callOff?.()
        timer.until = Math.max(0, timer.until - now())
      }
    },
    resume() {
      if (!isPaused) return
      isPaused = false
      for (const timer of timers) run(timer, timer.until)
    },
  }
}
