import type { ConnectionRecord } from '@parley/protocol'
import { onServer } from '../access.ts'
import { pageAfter, pageOf } from '../list-page.ts'
import type { Execute } from '../outcome.ts'
import type { ConnectionEntry } from '../ports/connections.ts'
import type { Ports } from '../ports/ports.ts'
import { isRefusal } from '../refusal.ts'
import { instant, publicUser } from '../shapes.ts'

/** What a connection last said and last was told is looked up now: nothing is written for it when messages pass. */
const latest = async (ports: Ports, entry: ConnectionEntry) => {
  const until = entry.disconnectedAt ?? instant(ports.clock.now())
  const [message, broadcast] = await Promise.all([
    ports.store.latestMessage(entry.user, entry.id, entry.connectedAt, until),
    ports.store.latestBroadcast(entry.connectedAt, until),
  ])
  const room = message && (await ports.store.room(message.room))
  return {
    latestMessage: message
      ? { room: message.room, at: message.at, ...(room?.kind === 'public' && { text: message.text }) }
      : null,
    latestBroadcast: broadcast ? { text: broadcast.text, at: broadcast.at } : null,
  }
}

/** Who is and was connected, for admins. */
export const listConnections: Execute<'list-connections'> = async (ports, actor, { after }) => {
  const admin = await onServer(ports, actor, 'administer')
  if (isRefusal(admin)) return admin
  const found = await ports.connections.records(pageAfter(after))
  const { page, more } = pageOf(found)
  const accounts = await ports.store.users([...new Set(page.map(({ user }) => user))])
  const byId = new Map(accounts.map((account) => [account.id, account]))
  const connections: ConnectionRecord[] = []
  for (const entry of page) {
    const account = byId.get(entry.user)
    if (!account) continue
    connections.push({
      id: entry.id,
      user: publicUser(account),
      dialect: entry.dialect,
      connectedAt: entry.connectedAt,
      disconnectedAt: entry.disconnectedAt ?? null,
      ...(await latest(ports, entry)),
    })
  }
  return { answer: { connections, more } }
}
