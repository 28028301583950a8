import type { UsageSum } from '@parley/protocol'
import type { Ledger, Usage } from '../ports/ledger.ts'

/** US dollars; the sum with a price that is not known is not known. */
export const sumOfCosts = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? null : one + other

/** A {@link Ledger} that lasts as long as its process. */
export const memoryLedger = (): Ledger => {
  const kept = new Map<string, Usage>()
  const onDay = (day: string): Usage[] => [...kept.values()].filter(({ at }) => at.startsWith(day))
  return {
    async add(usage) {
      if (!kept.has(usage.id)) kept.set(usage.id, usage)
    },
    spent: async ({ day, ...who }) =>
      onDay(day)
        .filter(({ user, room }) => ('user' in who ? user === who.user : room === who.room))
        .reduce((sum, { tokensIn, tokensOut }) => sum + tokensIn + tokensOut, 0),
    ofMessage: async (room, message) =>
      [...kept.values()]
        .filter((usage) => usage.room === room && usage.message === message)
        .sort((one, other) => one.variant - other.variant || (one.at < other.at ? -1 : 1))
        .map(({ model, at, variant, tokensIn, tokensOut, cost, estimated }) => ({
          model,
          at,
          variant,
          tokensIn,
          tokensOut,
          cost,
          estimated,
        })),
    async on(day) {
      const sums = new Map<string, UsageSum>()
      for (const { room, user, bot, model, tokensIn, tokensOut, cost } of onDay(day)) {
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
    },
  }
}
