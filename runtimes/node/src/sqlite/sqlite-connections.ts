import type { Clock, Connections } from '@parley/core'
import { liveConnections } from '@parley/core/memory'
import type { SqliteDatabase } from './database.ts'
import { type ConnectionRow, entryOf } from './rows.ts'

/**
 * The {@link Connections} of one machine: who is connected lives in memory, and ends with the process; the records are
 * kept. Those that a process which died has left open are closed first.
 */
export const sqliteConnections = async (
  database: SqliteDatabase,
  { clock }: { readonly clock: Clock },
): Promise<Connections> => {
  const { write, read } = database
  const live = liveConnections({ clock })
  await write('closeLeftRecords', new Date(clock.now()).toISOString())

  return {
    ...live,
    async open(connection, at, leaseUntil) {
      await write('openRecord', { connection, at, leaseUntil })
      await live.open(connection, at, leaseUntil)
    },
    async renew(id, leaseUntil) {
      await live.renew(id, leaseUntil)
      await write('renewRecord', { id, leaseUntil })
    },
    async close(id, at) {
      await write('closeRecord', { id, at })
      return live.close(id, at)
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
