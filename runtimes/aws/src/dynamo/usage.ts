import { dayOf, type Ledger, replyUsages, type Usage, usageSums } from '@parley/core'
import type { MessageId, ReplyUsage, RoomId, UsageSum } from '@parley/protocol'
import type { Context } from './context.ts'
import { absent } from './expression.ts'
import type { Items, Key } from './items.ts'
import {
  roomUsageKey,
  roomUsagePrefix,
  usageDayPartition,
  usageKey,
  usageOfMessageKey,
  usageOfMessagePrefix,
  usageOfUsers,
  userUsageKey,
  userUsagePrefix,
} from './keys.ts'

/** What a making has used, as it was told first: `id` is the usage's. `expires`: seconds since 1970. */
interface UsageItem extends Key, Usage {
  readonly expires: number
}

/** What budgets are counted from. */
type TokensItem = Key & Pick<Usage, 'tokensIn' | 'tokensOut'> & { readonly expires: number }

/** Longer than any question is about. */
const keptSeconds = 400 * 86_400

/** The usage of its id: this one, or one that was there before. */
const firstOf = async ({ items }: Context, usage: Usage, expires: number): Promise<Usage> => {
  const key = usageKey(usage.id)
  if (await items.put({ ...key, ...usage, expires } as UsageItem, absent('pk'))) return usage
  return (await items.get<UsageItem>(key)) ?? usage
}

/** One put says what is counted under this id; the others say the same, where it is looked for, and may be done again. */
export const addUsage = async (context: Context, usage: Usage): Promise<void> => {
  const { items } = context
  const first = await firstOf(context, usage, Math.ceil(Date.parse(usage.at) / 1000) + keptSeconds)
  const { id, room, user, message, at, tokensIn, tokensOut } = first
  const day = dayOf(Date.parse(at))
  const expires = Math.ceil(Date.parse(at) / 1000) + keptSeconds
  const ofRoom = { ...roomUsageKey(day, room, id), tokensIn, tokensOut, expires } as TokensItem
  const whole = (key: Key) => ({ ...first, ...key, expires }) as UsageItem
  await items.putAll([
    whole(userUsageKey(day, user, id)),
    ofRoom,
    ...(message === undefined ? [] : [whole(usageOfMessageKey(room, message, id))]),
  ])
}

const all = async <T>(items: Items, pk: string, prefix = ''): Promise<readonly T[]> =>
  (await Array.fromAsync(items.pages<T>({ pk, prefix }))).flat()

export const spent = async ({ items }: Context, account: Parameters<Ledger['spent']>[0]): Promise<number> => {
  const prefix = 'user' in account ? userUsagePrefix(account.user) : roomUsagePrefix(account.room)
  const rows = await all<TokensItem>(items, usageDayPartition(account.day), prefix)
  return rows.reduce((sum, { tokensIn, tokensOut }) => sum + tokensIn + tokensOut, 0)
}

export const usageOfMessage = async (
  { items }: Context,
  room: RoomId,
  message: MessageId,
): Promise<readonly ReplyUsage[]> => {
  const { pk } = usageOfMessageKey(room, message, '')
  return replyUsages(await all<UsageItem>(items, pk, usageOfMessagePrefix))
}

export const usageOn = async ({ items }: Context, day: string): Promise<readonly UsageSum[]> =>
  usageSums(day, await all<UsageItem>(items, usageDayPartition(day), usageOfUsers))
