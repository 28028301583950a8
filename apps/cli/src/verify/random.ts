/** Numbers from 0 to below 1 that a seed and a name decide: the same each time. */
export type Random = () => number

/** Mulberry32, begun with a hash of the name, so that everybody has numbers of their own. */
export const randomFrom = (seed: number, name: string): Random => {
  let state = seed | 0
  for (const letter of name) state = Math.imul(state ^ (letter.codePointAt(0) as number), 0x9e3779b1)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** One of several. */
export const oneOf = <T>(random: Random, list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)]

/** A whole number, both ends included. */
export const between = (random: Random, least: number, most: number): number =>
  least + Math.floor(random() * (most - least + 1))
