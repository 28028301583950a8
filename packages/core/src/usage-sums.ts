import type { UsageSum } from '@parley/protocol'
import type { Usage } from './ports/ledger.ts'

/** US dollars; the sum with a price that is not known is not known. */
const sumOfCosts = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? null : one + other

/** The sums of what was used on one day, each of room, user, bot and model once. */
export const usageSums = (day: string, usages: Iterable<Usage>): readonly UsageSum[] => {
  const sums = new Map<string, UsageSum>()
  for (const { room, user, bot, model, tokensIn, tokensOut, cost } of usages) {
    const key = [room, user, bot, model].join(' ')
    const sum = sums.get(key) ?? { day, room, user, bot, model, replies: 0, tokensIn: 0, tokensOut: 0, cost: 0 }
    sums.set(key, {
      ...sum,
      replies: sum.replies + 1,
      tokensIn: sum.tokensIn + tokensIn,
      tokensOut: sum.tokensOut + tokensOut,
      cost: sumOfCosts(sum.cost, cost),
    })
  }
  return [...sums.values()]
}
