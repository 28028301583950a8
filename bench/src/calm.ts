import { processorTime, shares } from './processors.ts'

/** Above this share of a core others disturb a measurement. */
export const disturbing = 0.1

const lookMs = 200
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const busy = async (): Promise<boolean> => {
  const before = processorTime([])
  await pause(lookMs)
  return (shares(before, processorTime([]), lookMs / 1000)?.others ?? 0) > disturbing
}

/** Waits for the machine to be left alone, in all at most `patienceMs` over all calls. */
export const calmness = (patienceMs: number): (() => Promise<void>) => {
  let left = patienceMs
  return async () => {
    while ((await busy()) && left > 0) {
      await pause(lookMs * 4)
      left -= lookMs * 5
    }
  }
}
