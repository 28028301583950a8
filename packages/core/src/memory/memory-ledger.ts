import type { Ledger, Usage } from '../ports/ledger.ts'
import { replyUsages } from '../reply-usages.ts'
import { usageSums } from '../usage-sums.ts'

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
      replyUsages([...kept.values()].filter((usage) => usage.room === room && usage.message === message)),
    on: async (day) => usageSums(day, onDay(day)),
  }
}
