/** Chance that can be had again from its seed. */
export interface Dice {
  /** A whole number from 0 to below `sides`. */
  roll(sides: number): number
  pick<T>(list: readonly T[]): T
}

/** Mulberry32, by Tommy Ettinger; in the public domain. */
export const dice = (seed: number): Dice => {
  let state = seed >>> 0
  const roll = (sides: number): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides
  }
  return { roll, pick: (list) => list[roll(list.length)] as (typeof list)[number] }
}
