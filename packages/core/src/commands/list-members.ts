import type { Member } from '@parley/protocol'
import { inRoom } from '../access.ts'
import { pageAfter, pageOf } from '../list-page.ts'
import type { Execute } from '../outcome.ts'
import { isRefusal } from '../refusal.ts'
import { publicUser } from '../shapes.ts'

export const listMembers: Execute<'members'> = async (ports, actor, { room, after }) => {
  const standing = await inRoom(ports, actor, room, 'read')
  if (isRefusal(standing)) return standing
  const found = await ports.store.members(room, pageAfter(after))
  const { page, more } = pageOf(found)
  const ids = page.map(({ user }) => user)
  const [accounts, online] = await Promise.all([ports.store.users(ids), ports.connections.online(ids)])
  const byId = new Map(accounts.map((account) => [account.id, account]))
  const members = page.flatMap(({ user, role }): Member[] => {
    const account = byId.get(user)
    return account ? [{ ...publicUser(account), online: online.has(user), role }] : []
  })
  return { answer: { type: 'members', room, members, more } }
}
