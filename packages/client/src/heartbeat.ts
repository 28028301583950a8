import type { Clock } from './edges.ts'
import { asParleyError, ParleyError } from './errors.ts'
import type { Link } from './link.ts'

/** How long a pong may take. */
const pongMs = 10_000

interface Options {
  readonly link: Link
  readonly clock: Clock
  random(): number
  /** Between two pings at most, as `welcome` says it. */
  readonly everyMs: number
  /** The rooms to name in the next ping. */
  rooms(): readonly string[]
}

export interface Heartbeat {
  /** Pings at once. */
  beat(): void
  stop(): void
}

/** Pings again and again, and ends a link on which no answer comes. */
export const startHeartbeat = ({ link, clock, random, everyMs, rooms }: Options): Heartbeat => {
  let callOffNext = () => {}
  let callOffWaiting: (() => void) | undefined

  const plan = (): void => {
    callOffNext()
    callOffNext = clock.after(everyMs * (0.8 + 0.2 * random()), beat)
  }
  const answered = (): void => {
    callOffWaiting?.()
    callOffWaiting = undefined
  }
  const beat = (): void => {
    plan()
    if (callOffWaiting) return
    callOffWaiting = clock.after(pongMs, () =>
      link.close(new ParleyError('disconnected', 'The connection is dead.', 0)),
    )
    link.ask({ action: 'ping', rooms: rooms() as never }).then(answered, (error: unknown) => {
      if (asParleyError(error).code !== 'timeout') answered()
    })
  }
  plan()
  return {
    beat,
    stop() {
      callOffNext()
      answered()
    },
  }
}
