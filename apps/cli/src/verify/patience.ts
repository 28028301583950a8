import { isParleyError } from '@parley/client'

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const mostMs = 60_000

/** Tries again what a busy server, or one that is just starting, refuses. @throws what no waiting helps against */
export const patiently = async <T>(act: () => Promise<T>): Promise<T> => {
  for (const began = Date.now(); ; ) {
    try {
      return await act()
    } catch (error) {
      if (!isParleyError(error) || error.retry === null || Date.now() - began > mostMs) throw error
      await pause(Math.max(50, error.retry * 1000))
    }
  }
}

/** Waits until something holds; answers whether it does, or the time was over before. */
export const eventually = async (holds: () => boolean, withinMs: number): Promise<boolean> => {
  for (const began = Date.now(); !holds(); await pause(10)) if (Date.now() - began > withinMs) return false
  return true
}
