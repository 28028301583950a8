import type { Usage } from '@parley/core'
import type { Writing } from './writing.ts'

export const addUsage = ({ sql }: Writing, usage: Usage): void => {
  sql.run(
    `INSERT INTO usage
       (id, day, at, room, user, bot, message, model, variant, tokens_in, tokens_out, cost, estimated)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO NOTHING`,
    usage.id,
    usage.at.slice(0, 10),
    usage.at,
    usage.room,
    usage.user,
    usage.bot,
    usage.message ?? null,
    usage.model,
    usage.variant,
    usage.tokensIn,
    usage.tokensOut,
    usage.cost,
    usage.estimated ? 1 : 0,
  )
}
