import { type Clock, type Connections, Unavailable } from '@parley/core'
import { liveConnections } from '@parley/core/memory'
import type { ConnectionId } from '@parley/protocol'
import type { SqliteDatabase } from './database.ts'
import { type ConnectionRow, entryOf } from './rows.ts'

/**
 * The {@link Connections} of one machine: who is connected lives in memory, and ends with the process; the records are
 * kept. Those that a process which died has left open are closed first. Who is connected does not wait for the storage:
 * while that fails, ends are recorded later.
 */
export const sqliteConnections = async (
  database: SqliteDatabase,
  { clock }: { readonly clock: Clock },
): Promise<Connections> => {
  const { write, read } = database
  const live = liveConnections({ clock })
  await write('closeLeftRecords', new Date(clock.now()).toISOString())

  /** Ends that the storage did not take yet. */
  const unrecorded = new Map<ConnectionId, string>()
  const recordEnd = async (id: ConnectionId, at: string): Promise<void> => {
    try {
      await write('closeRecord', { id, at })
      unrecorded.delete(id)
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error
      unrecorded.set(id, at)
    }
  }
  /** Only tells, after a crash, how long the connection lasted at least. */
  const recordLease = (id: ConnectionId, leaseUntil: string): void => {
    write('renewRecord', { id, leaseUntil }).catch((error) => {
      if (!(error instanceof Unavailable)) throw error
    })
  }

  return {
    ...live,
    async open(connection, at, leaseUntil, atMost) {
      await write('openRecord', { connection, at, leaseUntil })
      if (await live.open(connection, at, leaseUntil, atMost)) return true
      await recordEnd(connection.id, at)
      return false
    },
    async renew(id, leaseUntil) {
      await live.renew(id, leaseUntil)
      recordLease(id, leaseUntil)
    },
    async close(id, at) {
      const departure = await live.close(id, at)
      await recordEnd(id, at)
      return departure
    },
    async expired(now) {
      for (const [id, at] of unrecorded) await recordEnd(id, at)
      return live.expired(now)
    },
    async records({ after, limit }) {
      const columns = 'SELECT id, user, dialect, connected_at, disconnected_at FROM connections'
      const order = 'ORDER BY connected_at DESC, id DESC LIMIT ?'
      const rows = read((sql) =>
        after === undefined
          ? sql.all<ConnectionRow>(`${columns} ${order}`, limit)
          : sql.all<ConnectionRow>(
              `${columns} WHERE (connected_at, id) < (SELECT connected_at, id FROM connections WHERE id = ?) ${order}`,
              after,
              limit,
            ),
      )
      return rows.map(entryOf)
    },
  }
}
