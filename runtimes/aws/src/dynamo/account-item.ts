import type { Account } from '@parley/core'
import { general } from '@parley/core/store-rules'
import type { UserId } from '@parley/protocol'
import type { Context } from './context.ts'
import { absent, exists } from './expression.ts'
import type { Key } from './items.ts'
import { accountKey, hintKey, nameKey } from './keys.ts'
import { memberItem } from './member-item.ts'

/** A user. An item without `folded` is not one yet: it only holds `voids`. */
export interface AccountItem extends Key, Account {
  readonly folded: string
  /** By which the user holds its name. */
  readonly nameToken: string
  /** Until it is a member of `general`. */
  readonly unwelcomed?: true
  /** Claims of names that this user must not make good any more. */
  readonly voids?: ReadonlySet<string>
}

export const accountOf = ({ id, name, kind, role, banned, createdAt, passwordHash, bot }: AccountItem): Account => ({
  id,
  name,
  kind,
  role,
  banned,
  createdAt,
  ...(passwordHash !== undefined && { passwordHash }),
  ...(bot && { bot }),
})

/** Where a user's name is written down. */
export const nameKeyOf = ({ id, folded, kind }: Pick<AccountItem, 'id' | 'folded' | 'kind'>): Key =>
  nameKey(folded, kind === 'guest' ? id : undefined)

/**
 * Makes a new user a member of `general`, unless that is done: says whether it was still to do. One put has added the user;
 * whoever sees it without its membership, because its maker died or is just at it, does the rest before going on.
 */
export const welcomed = async ({ items }: Context, item: AccountItem): Promise<boolean> => {
  if (!item.unwelcomed) return false
  const { id, createdAt, nameToken } = item
  await items.put(hintKey(id, general))
  const first = { room: general, user: id, role: 'member', joinedAt: createdAt, read: 0 } as const
  await items.put(memberItem(first, nameToken, 0), absent('pk'))
  await items.update(accountKey(id), { remove: ['unwelcomed'] }, exists('pk'))
  return true
}

/** The item of a user who exists, and is a member of `general` by now. */
export const findAccount = async (context: Context, id: UserId): Promise<AccountItem | undefined> => {
  const item = await context.items.get<AccountItem>(accountKey(id))
  return existing(context, item)
}

const existing = async (context: Context, item: AccountItem | undefined): Promise<AccountItem | undefined> => {
  if (item?.folded === undefined) return undefined
  await welcomed(context, item)
  return item
}

export const findAccounts = async (context: Context, ids: readonly UserId[]): Promise<readonly AccountItem[]> => {
  const items = await context.items.getMany<AccountItem>(ids.map(accountKey))
  const found = await Promise.all(items.map((item) => existing(context, item)))
  return found.filter((item) => item !== undefined)
}
