import type { MessageId, ReplyUsage, RoomId, UsageSum, UserId } from '@parley/protocol'

/** What one making of a reply has used. `id` says which: the same one again is not counted again. */
export interface Usage extends ReplyUsage {
  readonly id: string
  readonly room: RoomId
  readonly user: UserId
  readonly bot: UserId
  /** What was said; left out where it was a note. */
  readonly message?: MessageId
}

/** Who a budget is for, on a day of UTC like 2026-11-21. */
export type Spender = { readonly day: string } & ({ readonly user: UserId } | { readonly room: RoomId })

/** What models have used. What was added is in every later answer. */
export interface Ledger {
  add(usage: Usage): Promise<void>
  /** Tokens in and out together. */
  spent(spender: Spender): Promise<number>
  /** By variant, then by time. */
  ofMessage(room: RoomId, message: MessageId): Promise<readonly ReplyUsage[]>
  /** Sums of one day of UTC, each of room, user, bot and model once, in any order. */
  on(day: string): Promise<readonly UsageSum[]>
}
