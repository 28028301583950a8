import { Unavailable } from '@parley/core'
import type { UserId } from '@parley/protocol'
import { type AccountItem, findAccount, nameKeyOf } from './account-item.ts'
import { type Context, triesMax } from './context.ts'
import { absent, different, either, equal } from './expression.ts'
import type { Key } from './items.ts'
import { accountKey, nameKey } from './keys.ts'

/** That a user wants this name. It holds it while the account says so too. */
export interface NameItem extends Key {
  readonly user: UserId
  readonly token: string
}

/** How often a claim that is not made good yet is looked at again, before it is taken to be given up. */
const patience = 5

export const holderOf = async (context: Context, folded: string): Promise<AccountItem | undefined> => {
  const claim = await context.items.get<NameItem>(nameKey(folded))
  const holder = claim && (await findAccount(context, claim.user))
  return holder?.folded === folded && holder.kind !== 'guest' ? holder : undefined
}

/**
 * Claims a name for an account that is about to take it: the token that the account must then carry as `nameToken`. A
 * claim that nobody makes good is no obstacle for long. It is taken over by first forbidding its user to make it good:
 * from then on the account can no longer be written with that token. So nobody loses a name it has, whoever died where,
 * and however late somebody wakes up.
 */
const claimName = async (context: Context, folded: string, user: UserId): Promise<string | 'taken'> => {
  const { items, token, pause } = context
  const key = nameKey(folded)
  const own = token()
  const mine = { ...key, user, token: own } as NameItem
  for (let attempt = 0; attempt < triesMax; attempt += 1) {
    if (await items.put(mine, either(absent('pk'), equal('user', user)))) return own
    const claim = await items.get<NameItem>(key)
    if (!claim) continue
    const holder = await findAccount(context, claim.user)
    if (holder?.folded === folded) return 'taken'
    if (attempt < patience) {
      await pause(attempt)
      continue
    }
    const notItsName = either(absent('folded'), different('folded', folded))
    const voided = await items.update(accountKey(claim.user), { add: { voids: [claim.token] } }, notItsName)
    if (voided && (await items.put(mine, equal('token', claim.token)))) return own
  }
  throw new Unavailable('busy')
}

/** Guests share names, but not with an account. */
const noteGuest = async (context: Context, folded: string, user: UserId): Promise<string | 'taken'> => {
  if (await holderOf(context, folded)) return 'taken'
  const token = context.token()
  await context.items.put({ ...nameKey(folded, user), user, token } as NameItem)
  return token
}

/** Writes a name down for a user that is about to have it; answers the `nameToken` that goes with it. */
export const reserveName = (
  context: Context,
  { id, folded, kind }: Pick<AccountItem, 'id' | 'folded' | 'kind'>,
): Promise<string | 'taken'> => (kind === 'guest' ? noteGuest : claimName)(context, folded, id)

/** Gives up the name that a user had, unless it has been written down anew since. */
export const releaseName = async ({ items }: Context, former: AccountItem): Promise<void> => {
  await items.remove(nameKeyOf(former), equal('token', former.nameToken))
}
