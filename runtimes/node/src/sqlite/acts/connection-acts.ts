import type { Connection } from '@parley/core'
import type { ConnectionId } from '@parley/protocol'
import type { Writing } from './writing.ts'

interface Opening {
  readonly connection: Connection
  readonly at: string
  readonly leaseUntil: string
}

export const openRecord = ({ sql }: Writing, { connection: { id, user, dialect }, at, leaseUntil }: Opening): void => {
  sql.run(
    `INSERT INTO connections (id, user, dialect, connected_at, lease_until) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (id) DO NOTHING`,
    id,
    user,
    dialect,
    at,
    leaseUntil,
  )
}

export const renewRecord = (
  { sql }: Writing,
  { id, leaseUntil }: { readonly id: ConnectionId; readonly leaseUntil: string },
): void => {
  sql.run('UPDATE connections SET lease_until = ? WHERE id = ? AND disconnected_at IS NULL', leaseUntil, id)
}

export const closeRecord = ({ sql }: Writing, { id, at }: { readonly id: ConnectionId; readonly at: string }): void => {
  sql.run('UPDATE connections SET disconnected_at = ? WHERE id = ? AND disconnected_at IS NULL', at, id)
}

/** Closes what a process that died left open: at the end of the lease, or now if that is still to come. */
export const closeLeftRecords = ({ sql }: Writing, now: string): void => {
  sql.run('UPDATE connections SET disconnected_at = min(lease_until, ?) WHERE disconnected_at IS NULL', now)
}
