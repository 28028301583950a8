import type { UsageSum } from '@parley/protocol'

/** What replies have used together. Tokens in and out; `cost` in US dollars, of those whose price is known. */
export interface Sum {
  readonly replies: number
  readonly tokensIn: number
  readonly tokensOut: number
  readonly cost: number
  /** How many replies are not in `cost`, since the price of their model is not known. */
  readonly unpriced: number
}

export const emptySum: Sum = { replies: 0, tokensIn: 0, tokensOut: 0, cost: 0, unpriced: 0 }

const plus = (sum: Sum, one: UsageSum): Sum => ({
  replies: sum.replies + one.replies,
  tokensIn: sum.tokensIn + one.tokensIn,
  tokensOut: sum.tokensOut + one.tokensOut,
  cost: sum.cost + (one.cost ?? 0),
  unpriced: sum.unpriced + (one.cost === null ? one.replies : 0),
})

export const sumOf = (usage: readonly UsageSum[]): Sum => usage.reduce(plus, emptySum)

export const tokensOf = ({ tokensIn, tokensOut }: Sum): number => tokensIn + tokensOut

/** By what usage can be put together. */
export const groups = ['day', 'room', 'user', 'model'] as const
export type Group = (typeof groups)[number]

/** A day, room, person or model by its id, and what it has used. */
export interface Share {
  readonly id: string
  readonly sum: Sum
}

/** Puts usage together: days by time, the newest first, and all else by tokens, the most first. */
export const sharesBy = (usage: readonly UsageSum[], group: Group): readonly Share[] => {
  const sums = new Map<string, Sum>()
  for (const one of usage) sums.set(one[group], plus(sums.get(one[group]) ?? emptySum, one))
  const shares = [...sums].map(([id, sum]) => ({ id, sum }))
  return group === 'day'
    ? shares.sort((one, other) => (one.id < other.id ? 1 : -1))
    : shares.sort((one, other) => tokensOf(other.sum) - tokensOf(one.sum))
}

const dayMs = 24 * 60 * 60_000

/** The day of UTC so many days before one, like 2026-11-21. */
export const dayBefore = (day: string, days: number): string =>
  new Date(Date.parse(day) - days * dayMs).toISOString().slice(0, 10)

/** Every day from one to another, both included, with what it has used; days without any too. */
export const daysBetween = (usage: readonly UsageSum[], from: string, to: string): readonly Share[] => {
  const known = new Map(sharesBy(usage, 'day').map(({ id, sum }) => [id, sum]))
  const count = Math.round((Date.parse(to) - Date.parse(from)) / dayMs) + 1
  return Array.from({ length: Math.max(0, count) }, (_, place) => {
    const id = dayBefore(to, count - 1 - place)
    return { id, sum: known.get(id) ?? emptySum }
  })
}

/** A round number at or above one: where the scale of a chart ends. */
export const scaleEnd = (highest: number): number => {
  if (highest <= 4) return 4
  const unit = 10 ** Math.floor(Math.log10(highest))
  return [1, 2, 4, 5, 10].map((step) => step * unit).find((end) => end >= highest) ?? 10 * unit
}
