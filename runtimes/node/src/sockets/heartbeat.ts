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
}

export interface Heartbeat {
  add(pulse: Pulse): () => void
  stop(): void
}

/** Asks every socket once in a round for a sign of life, by `beat`. */
export const heartbeat = (roundMs: number, beat: (pulse: Pulse) => void): Heartbeat => {
  const slots = Array.from({ length: turns }, () => new Set<Pulse>())
  let added = 0
  let turn = 0
  const timer = setInterval(() => {
    turn = (turn + 1) % turns
    for (const pulse of slots[turn] ?? []) beat(pulse)
  }, roundMs / turns)
  timer.unref()
  return {
    add: (pulse) => {
      added += 1
      const slot = slots[added % turns] as Set<Pulse>
      slot.add(pulse)
      return () => slot.delete(pulse)
    },
    stop: () => clearInterval(timer),
  }
}
