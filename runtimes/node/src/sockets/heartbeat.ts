import type { Peer } from './ws-sockets.ts'

/** Turns of one round: the sockets are spread over them, so that no turn is long. */
const turns = 30

/** What the clock knows of one socket. Times in milliseconds since 1970. */
export interface Pulse {
  readonly peer: Peer
  readonly openedAt: number
  heardAt: number
  answered: boolean
  greeted: boolean
  /** The turn in which it is asked; the heartbeat's own affair. */
  turn: number
}

export interface Heartbeat {
  add(pulse: Pulse): void
  remove(pulse: Pulse): void
  stop(): void
}

/** Asks every socket once in a round for a sign of life, by `beat`. */
export const heartbeat = (roundMs: number, beat: (pulse: Pulse) => void): Heartbeat => {
  const slots = Array.from({ length: turns }, () => new Set<Pulse>())
  let added = 0
  let now = 0
  const timer = setInterval(() => {
    now = (now + 1) % turns
    for (const pulse of slots[now] ?? []) beat(pulse)
  }, roundMs / turns)
  timer.unref()
  return {
    add: (pulse) => {
      added += 1
      pulse.turn = added % turns
      slots[pulse.turn]?.add(pulse)
    },
    remove: (pulse) => slots[pulse.turn]?.delete(pulse),
    stop: () => clearInterval(timer),
  }
}
