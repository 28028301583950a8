import { onServer } from '../access.ts'
import { pageLimit, pageOf } from '../list-page.ts'
import type { Execute } from '../outcome.ts'
import { isRefusal } from '../refusal.ts'
import { publicUser } from '../shapes.ts'

/** People and bots by the beginning of their name. */
export const findUsers: Execute<'find-users'> = async (ports, actor, { prefix }) => {
  const account = await onServer(ports, actor, 'take part')
  if (isRefusal(account)) return account
  const found = await ports.store.findUsers(prefix, pageLimit)
  const { page, more } = pageOf(found)
  const online = await ports.connections.online(page.map(({ id }) => id))
  return {
    answer: {
      users: page.map((user) => ({ ...publicUser(user), online: online.has(user.id) })),
      more,
    },
  }
}
