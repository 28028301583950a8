import type { Growing } from './growing.ts'
import type { Heads } from './heads.ts'
import type { Items } from './items.ts'
import type { RoomQueue } from './room-queue.ts'
import type { Speakers } from './speakers.ts'

/** What the acts of the adapters stand on. */
export interface Context {
  readonly items: Items
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Something that no other act has, to know one's own writes by. */
  readonly token: () => string
  /** Waits before the next try, the longer the more were in vain, by a chance that keeps rivals apart. */
  readonly pause: (attempt: number) => Promise<void>
}

/** What is besides known to this process. All of it only saves asking: a store made anew knows nothing, and does the same. */
export interface StoreContext extends Context {
  readonly heads: Heads
  readonly growing: Growing
  readonly inTurn: RoomQueue
  readonly speakers: Speakers
}

const pauseMaxMs = 100
const pauseFirstMs = 4

export const randomPause = (attempt: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(pauseMaxMs, pauseFirstMs * 2 ** attempt)))

/** Tries of an act that others keep from happening, before it is given up as `busy`. */
export const triesMax = 60
