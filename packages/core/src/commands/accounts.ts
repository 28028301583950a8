import { mayChangeAccount, onServerOrSystem } from '../access.ts'
import type { Event } from '../events.ts'
import { pageAfter, pageOf } from '../list-page.ts'
import { newAccount } from '../new-account.ts'
import type { Execute } from '../outcome.ts'
import { isRefusal, refuse } from '../refusal.ts'
import { refusals } from '../refusals.ts'
import { accountShape } from '../shapes.ts'

const appoints = (role: string | undefined): boolean => role === 'admin' || role === 'owner'

export const listAccounts: Execute<'list-accounts'> = async (ports, actor, { after }) => {
  const by = await onServerOrSystem(ports, actor, 'administer')
  if (isRefusal(by)) return by
  const found = await ports.store.accounts(pageAfter(after))
  const { page, more } = pageOf(found)
  return { answer: { accounts: page.map(accountShape), more } }
}

export const addAccount: Execute<'add-account'> = async (ports, actor, { name, password, role }) => {
  const by = await onServerOrSystem(ports, actor, appoints(role) ? 'appoint' : 'administer')
  if (isRefusal(by)) return by
  const passwordHash = await ports.passwords.hash(password)
  const account = newAccount(ports, { name, kind: 'person', role, passwordHash })
  const added = await ports.store.addUser(account)
  return added === 'taken' ? refusals.nameTaken : { answer: accountShape(account) }
}

/** Changes a role or password, bans or lets in again. A ban and a new password close what the account has open. */
export const changeAccount: Execute<'change-account'> = async (ports, actor, { user, role, banned, password }) => {
  const by = await onServerOrSystem(ports, actor, 'administer')
  if (isRefusal(by)) return by
  const target = await (typeof user === 'string' ? ports.store.user(user) : ports.store.userByName(user.name))
  if (!target) return refusals.noAccount
  const refusal = mayChangeAccount(by, target, appoints(role))
  if (refusal) return refusal
  if (target.kind === 'guest' && (role !== undefined || password !== undefined)) {
    return refuse('bad_request', 'A guest has no role and no password.')
  }
  if (target.kind === 'bot' && password !== undefined) {
    return refuse('bad_request', 'A bot has no password. Fetch a token for it.')
  }
  const changed = await ports.store.changeUser(target.id, {
    ...(role !== undefined && { role }),
    ...(banned !== undefined && { banned }),
    ...(password !== undefined && { passwordHash: await ports.passwords.hash(password) }),
  })
  if (!changed || changed === 'taken') return refusals.noAccount
  const ended = banned || password !== undefined ? await ports.store.endSessionsOf(target.id) : []
  const events: Event[] = banned
    ? [{ type: 'user-banned', user: target.id, sessions: ended }]
    : ended.map((session) => ({ type: 'session-ended', session }))
  return { answer: accountShape(changed), events }
}
