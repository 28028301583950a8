import type { Account, AccountChange, Session, SessionId, Ticket } from '@parley/core'
import { foldName, general } from '@parley/core/store-rules'
import type { UserId } from '@parley/protocol'
import { type AccountRow, accountOf, json, type TicketRow, ticketOf } from '../rows.ts'
import type { Sql } from '../sql.ts'
import { addMember } from './room-acts.ts'
import type { Writing } from './writing.ts'

const dayMs = 86_400_000

/** Whether somebody else has the name. A guest has none, but cannot take one either. */
const isTaken = (sql: Sql, folded: string, by: UserId): boolean =>
  sql.get(`SELECT 1 FROM users WHERE folded = ? AND kind <> 'guest' AND id <> ?`, folded, by) !== undefined

export const addUser = (writing: Writing, account: Account): 'added' | 'taken' => {
  const { sql } = writing
  const { id, name, kind, role, banned, createdAt, passwordHash, bot } = account
  if (sql.get('SELECT 1 FROM users WHERE id = ?', id)) return 'added'
  const folded = foldName(name)
  if (isTaken(sql, folded, id)) return 'taken'
  sql.run(
    `INSERT INTO users (id, name, folded, kind, role, banned, created_at, password_hash, bot)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    id,
    name,
    folded,
    kind,
    role,
    banned ? 1 : 0,
    createdAt,
    passwordHash ?? null,
    json(bot),
  )
  addMember(writing, { room: general, user: id, role: 'member', joinedAt: createdAt, read: 0 })
  return 'added'
}

export const changeUser = (
  { sql }: Writing,
  { id, change }: { readonly id: UserId; readonly change: AccountChange },
): Account | 'taken' | undefined => {
  const row = sql.get<AccountRow>('SELECT * FROM users WHERE id = ?', id)
  if (!row) return undefined
  const account = { ...accountOf(row), ...change }
  const folded = foldName(account.name)
  if (change.name !== undefined && isTaken(sql, folded, id)) return 'taken'
  sql.run(
    'UPDATE users SET name = ?, folded = ?, role = ?, banned = ?, password_hash = ?, bot = ? WHERE id = ?',
    account.name,
    folded,
    account.role,
    account.banned ? 1 : 0,
    account.passwordHash ?? null,
    json(account.bot),
    id,
  )
  return account
}

/** Sessions that have been over for a day are of no use to anybody. */
export const addSession = ({ sql }: Writing, { id, user, createdAt, expiresAt }: Session): void => {
  sql.run('DELETE FROM sessions WHERE expires_at < ?', new Date(Date.parse(createdAt) - dayMs).toISOString())
  sql.run(
    'INSERT INTO sessions (id, user, created_at, expires_at) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
    id,
    user,
    createdAt,
    expiresAt,
  )
}

export const renewSession = (
  { sql }: Writing,
  { id, expiresAt }: { readonly id: SessionId; readonly expiresAt: string },
): boolean => sql.run('UPDATE sessions SET expires_at = ? WHERE id = ?', expiresAt, id) === 1

export const endSession = ({ sql }: Writing, id: SessionId): void => {
  sql.run('DELETE FROM sessions WHERE id = ?', id)
}

export const endSessionsOf = (
  { sql }: Writing,
  { user, except }: { readonly user: UserId; readonly except: SessionId | undefined },
): readonly SessionId[] =>
  sql
    .all<{ id: SessionId }>('DELETE FROM sessions WHERE user = ? AND id IS NOT ? RETURNING id', user, except ?? null)
    .map(({ id }) => id)

/** Tickets that nobody came with go when others have been over for a day less. */
export const addTicket = ({ sql }: Writing, { hash, user, session, expiresAt }: Ticket): void => {
  sql.run('DELETE FROM tickets WHERE expires_at < ?', new Date(Date.parse(expiresAt) - dayMs).toISOString())
  sql.run(
    'INSERT INTO tickets (hash, user, session, expires_at) VALUES (?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING',
    hash,
    user,
    session,
    expiresAt,
  )
}

export const redeemTicket = (
  { sql }: Writing,
  { hash, now }: { readonly hash: string; readonly now: string },
): Ticket | undefined => {
  const row = sql.get<TicketRow>('DELETE FROM tickets WHERE hash = ? RETURNING hash, user, session, expires_at', hash)
  return row && row.expires_at > now ? ticketOf(row) : undefined
}
