/**
 * Loaded before a server that a test wants to grow old: its clock can be put forward, and runs PARLEY_TEST_SPEED times
 * as fast as the real one, timers too. The server itself knows nothing of it.
 */
const speed = Number(process.env.PARLEY_TEST_SPEED ?? 1)
const RealDate = Date
const began = RealDate.now()
let advancedMs = 0

const now = (): number => Math.floor(began + (RealDate.now() - began) * speed + advancedMs)

class FastDate extends RealDate {
  constructor(...given: unknown[]) {
    super(...((given.length === 0 ? [now()] : given) as [number]))
  }
  static override now(): number {
    return now()
  }
}
globalThis.Date = FastDate as DateConstructor

const { setTimeout: realTimeout, setInterval: realInterval } = globalThis
globalThis.setTimeout = ((run: () => void, ms?: number, ...rest: []) =>
  realTimeout(run, (ms ?? 0) / speed, ...rest)) as typeof setTimeout
globalThis.setInterval = ((run: () => void, ms?: number, ...rest: []) =>
  realInterval(run, (ms ?? 0) / speed, ...rest)) as typeof setInterval

process.on('message', (message: { readonly advanceMs: number }) => {
  advancedMs += message.advanceMs
  process.send?.({ advanced: true })
})
process.channel?.unref()
