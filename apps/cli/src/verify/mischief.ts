import type { Down } from '@parley/protocol'
import { between, type Random } from './random.ts'

/** What befalls one frame on its way down. */
export type Fate = 'comes' | 'lost' | 'doubled' | 'overtaken'

/** How a connection ends that is to end: after so many frames. */
export interface Ending {
  readonly after: number
  readonly how: 'cut' | 'cut inside a frame' | 'stalled and cut' | 'cut before the answer'
}

/** What a connection has to go through. */
export interface Trouble {
  readonly ending: Ending | undefined
  /** Milliseconds for one frame, drawn anew for each. */
  latencyMs(): number
  /** Only what a client must be able to miss, to hear twice or late may be lost, doubled or overtaken. */
  fate(frames: readonly Down[]): Fate
}

const howEndings: readonly Ending['how'][] = ['cut', 'cut inside a frame', 'stalled and cut', 'cut before the answer']

/** A change of a message that nobody asked for on this connection: revs and pings show when it is missing. */
const isLoose = (frame: Down): boolean =>
  frame.type === 'delta' || (frame.type === 'message' && frame.ref === undefined)

/** Draws what a new connection has to go through. */
export const troubleFrom = (random: Random): Trouble => {
  const isSlow = random() < 0.4
  const ending: Ending | undefined =
    random() < 0.7
      ? {
          after: between(random, 3, random() < 0.5 ? 15 : 150),
          how: howEndings[Math.floor(random() * howEndings.length)] as Ending['how'],
        }
      : undefined
  return {
    ending,
    latencyMs: () => (isSlow ? between(random, 0, 40) : 0),
    fate: (frames) => {
      const luck = random()
      if (luck > 0.2 || !frames.every(isLoose)) return 'comes'
      return luck < 0.04 ? 'lost' : luck < 0.12 ? 'doubled' : 'overtaken'
    },
  }
}
