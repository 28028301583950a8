import type { Ledger } from '@parley/core'
import type { ReplyUsage, UsageSum } from '@parley/protocol'
import type { SqliteDatabase } from './database.ts'

interface ReplyUsageRow extends Omit<ReplyUsage, 'tokensIn' | 'tokensOut' | 'estimated'> {
  readonly tokens_in: number
  readonly tokens_out: number
  readonly estimated: number
}

interface SumRow extends Omit<UsageSum, 'day' | 'tokensIn' | 'tokensOut'> {
  readonly tokens_in: number
  readonly tokens_out: number
}

/** The {@link Ledger} of one machine. */
export const sqliteLedger = ({ write, read }: SqliteDatabase): Ledger => ({
  add: (usage) => write('addUsage', usage),
  spent: async ({ day, ...who }) => {
    const [column, id] = 'user' in who ? ['user', who.user] : ['room', who.room]
    const row = read((sql) =>
      sql.get<{ sum: number | null }>(
        `SELECT sum(tokens_in + tokens_out) AS sum FROM usage WHERE day = ? AND ${column} = ?`,
        day,
        id,
      ),
    )
    return row?.sum ?? 0
  },
  ofMessage: async (room, message) =>
    read((sql) =>
      sql.all<ReplyUsageRow>(
        `SELECT model, at, variant, tokens_in, tokens_out, cost, estimated FROM usage
           WHERE room = ? AND message = ? ORDER BY variant, at`,
        room,
        message,
      ),
    ).map(({ model, at, variant, tokens_in, tokens_out, cost, estimated }) => ({
      model,
      at,
      variant,
      tokensIn: tokens_in,
      tokensOut: tokens_out,
      cost,
      estimated: estimated === 1,
    })),
  on: async (day) =>
    read((sql) =>
      sql.all<SumRow>(
        `SELECT room, user, bot, model, count(*) AS replies, sum(tokens_in) AS tokens_in,
             sum(tokens_out) AS tokens_out, iif(count(cost) = count(*), sum(cost), NULL) AS cost
           FROM usage WHERE day = ? GROUP BY room, user, bot, model`,
        day,
      ),
    ).map(({ room, user, bot, model, replies, tokens_in, tokens_out, cost }) => ({
      day,
      room,
      user,
      bot,
      model,
      replies,
      tokensIn: tokens_in,
      tokensOut: tokens_out,
      cost,
    })),
})
