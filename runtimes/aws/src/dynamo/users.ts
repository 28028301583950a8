import { type Account, type AccountChange, foldName, Unavailable } from '@parley/core'
import type { UserId } from '@parley/protocol'
import { type AccountItem, accountOf, findAccount, findAccounts, nameKeyOf, welcomed } from './account-item.ts'
import { collect } from './collect.ts'
import { type Context, triesMax } from './context.ts'
import { absent, both, equal, lacks } from './expression.ts'
import type { Key } from './items.ts'
import {
  accountKey,
  accountListKey,
  accountsPartition,
  botKey,
  botsPartition,
  nameStart,
  namesPartition,
} from './keys.ts'
import { type NameItem, releaseName, reserveName } from './names.ts'

/** Everything that points to a user is written before it; the put of the account is what adds it. */
export const addUser = async (context: Context, account: Account): Promise<'added' | 'taken'> => {
  const { items, pause } = context
  const folded = foldName(account.name)
  for (let attempt = 0; attempt < triesMax; attempt += 1) {
    if (await findAccount(context, account.id)) return 'added'
    const nameToken = await reserveName(context, { ...account, folded })
    if (nameToken === 'taken') return 'taken'
    if (account.kind !== 'guest') await items.put(accountListKey(account.id))
    if (account.kind === 'bot') await items.put(botKey(account.id))
    const item: AccountItem = { ...accountKey(account.id), ...account, folded, nameToken, unwelcomed: true }
    if (await items.put(item, both(absent('folded'), lacks('voids', nameToken)))) {
      await welcomed(context, item)
      return 'added'
    }
    await pause(attempt)
  }
  throw new Unavailable('busy')
}

export const changeUser = async (
  context: Context,
  id: UserId,
  change: AccountChange,
): Promise<Account | 'taken' | undefined> => {
  const { items, pause } = context
  const set = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  for (let attempt = 0; attempt < triesMax; attempt += 1) {
    const item = await findAccount(context, id)
    if (!item) return undefined
    if (Object.keys(set).length === 0) return accountOf(item)
    const folded = change.name === undefined ? item.folded : foldName(change.name)
    const same = equal('folded', item.folded)
    if (folded === item.folded) {
      const changed = await items.update<AccountItem>(accountKey(id), { set }, same)
      if (changed) return accountOf(changed as AccountItem)
    } else {
      const nameToken = await reserveName(context, { ...item, folded })
      if (nameToken === 'taken') return 'taken'
      const changes = { set: { ...set, folded, nameToken } }
      const changed = await items.update<AccountItem>(accountKey(id), changes, both(same, lacks('voids', nameToken)))
      if (changed) {
        await releaseName(context, item)
        return accountOf(changed as AccountItem)
      }
    }
    await pause(attempt)
  }
  throw new Unavailable('busy')
}

const byId = (items: readonly AccountItem[]): ReadonlyMap<UserId, AccountItem> =>
  new Map(items.map((item) => [item.id, item]))

/** A name may be written down for somebody who does not bear it, or not any more; so the accounts are asked. */
export const findUsers = async (context: Context, prefix: string, limit: number): Promise<readonly Account[]> => {
  const folded = foldName(prefix)
  const range = { pk: namesPartition, prefix: nameStart(folded), limit }
  return collect(context.items.pages<NameItem>(range), limit, async (rows) => {
    const accounts = byId(
      await findAccounts(
        context,
        rows.map(({ user }) => user),
      ),
    )
    return rows.flatMap(({ sk, user }) => {
      const account = accounts.get(user)
      const bears = account && nameKeyOf(account).sk === sk && account.folded.startsWith(folded)
      return bears ? [accountOf(account)] : []
    })
  })
}

/** The accounts of a partition by id, after one. A row is put before its account is made, so it counts only if that is there. */
const listed = async (
  context: Context,
  pk: string,
  { after = '', limit }: { readonly after?: string; readonly limit: number },
): Promise<readonly Account[]> =>
  collect(context.items.pages<Key>({ pk, after, limit }), limit, async (rows) => {
    const ids = rows.map(({ sk }) => sk as UserId)
    const accounts = byId(await findAccounts(context, ids))
    return ids.flatMap((id) => {
      const account = accounts.get(id)
      return account ? [accountOf(account)] : []
    })
  })

export const listAccounts = (context: Context, page: { readonly after?: string; readonly limit: number }) =>
  listed(context, accountsPartition, page)

const anyNumber = 1_000

export const listBots = (context: Context) => listed(context, botsPartition, { limit: anyNumber })
