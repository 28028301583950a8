import type { ReplyUsage } from '@parley/protocol'
import type { Usage } from './ports/ledger.ts'

/** What is told of the makings of one message's replies: by variant, then by time. */
export const replyUsages = (usages: readonly Usage[]): readonly ReplyUsage[] =>
  usages
    .map(({ model, at, variant, tokensIn, tokensOut, cost, estimated }) => ({
      model,
      at,
      variant,
      tokensIn,
      tokensOut,
      cost,
      estimated,
    }))
    .sort((one, other) => one.variant - other.variant || (one.at < other.at ? -1 : 1))
