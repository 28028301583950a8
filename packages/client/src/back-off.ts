const firstMs = 1_000
const mostMs = 60_000

/**
 * How long to wait before trying again: anything between nothing and a bound that doubles with each attempt, so that
 * many who lost the same server do not come back at the same moment.
 * @param attempt 0 for the first
 */
export const backOffMs = (attempt: number, random: () => number): number =>
  random() * Math.min(mostMs, firstMs * 2 ** Math.min(attempt, 16))
