import { type Counted, countOf } from './counted.ts'
import { idleMonth } from './months.ts'
import { priceOf, priceOfMonth } from './price.ts'
import { prices } from './prices.ts'

/** A million messages to a room of so many connections, in dollars. */
export interface RoomCost {
  readonly hearers: number
  /** What API Gateway alone asks: one frame in, and one to everybody. */
  readonly floor: number
  readonly cost: number
  /** How many times the floor it may cost. */
  readonly budget: number
}

export const roomCosts = (counted: Counted): readonly RoomCost[] =>
  (
    [
      [2, 1.8],
      [10, 1.25],
      [100, 1.1],
    ] as const
  ).map(([hearers, budget]) => ({
    hearers,
    floor: (1 + hearers) * prices.perMillion.message,
    cost: priceOf(countOf(counted, `\`send\` to a room of ${hearers}`)).total * 1_000_000,
    budget,
  }))

/** Dollars that a month costs with nobody there: at most, and beyond what every account has free for ever. */
export interface IdleCost {
  readonly list: number
  readonly beyondFree: number
}

export const idleBudget: IdleCost = { list: 0.75, beyondFree: 0.5 }

export const idleCost = (counted: Counted): IdleCost => ({
  list: priceOfMonth(idleMonth(counted), false).total,
  beyondFree: priceOfMonth(idleMonth(counted), true).total,
})

export const cents = (dollars: number): string => `${Math.ceil(dollars * 100)} cents`
