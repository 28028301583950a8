import type { ConnectionId } from '@parley/protocol'
import type { ConnectionEntry, Connections } from '../ports/connections.ts'
import type { Clock } from '../ports/environment.ts'
import { liveConnections } from './live-connections.ts'

const newestFirst = (one: ConnectionEntry, other: ConnectionEntry): number =>
  one.connectedAt + one.id < other.connectedAt + other.id ? 1 : -1

/** {@link Connections} that last, with their records, as long as their process. */
export const memoryConnections = ({ clock }: { readonly clock: Clock }): Connections => {
  const live = liveConnections({ clock })
  const entries = new Map<ConnectionId, ConnectionEntry>()

  return {
    ...live,
    async open(connection, at, leaseUntil, atMost) {
      const { id, user, dialect } = connection
      if (!(await live.open(connection, at, leaseUntil, atMost))) return false
      entries.set(id, { id, user, dialect, connectedAt: at })
      return true
    },
    async close(id, at) {
      const departure = await live.close(id, at)
      const entry = entries.get(id)
      if (departure && entry) entries.set(id, { ...entry, disconnectedAt: at })
      return departure
    },
    async records({ after, limit }) {
      const list = [...entries.values()].sort(newestFirst)
      const start = after === undefined ? 0 : list.findIndex(({ id }) => id === after) + 1
      return list.slice(start, start + limit)
    },
  }
}
