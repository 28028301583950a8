import { onServer } from '../access.ts'
import type { Execute } from '../outcome.ts'
import { isRefusal, refuse } from '../refusal.ts'
import { ok, publicUser } from '../shapes.ts'

/** Takes another name; what was said under the old one keeps it. */
export const rename: Execute<'rename'> = async (ports, actor, { name }) => {
  const account = await onServer(ports, actor, 'take part')
  if (isRefusal(account)) return account
  const renamed = await ports.store.changeUser(account.id, { name })
  if (renamed === 'taken') return refuse('conflict', 'Somebody else has this name.')
  if (!renamed) return refuse('unauthorized', 'Sign in first.')
  const rooms = (await ports.store.memberships(account.id)).map(({ room }) => room)
  return { answer: ok, events: [{ type: 'user-renamed', user: publicUser(renamed), rooms }] }
}
