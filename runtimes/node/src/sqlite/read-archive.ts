import {
  type ArchiveOptions,
  type ArchiveRecord,
  type MessageRecord,
  otherVariants,
  Unavailable,
  type Variant,
} from '@parley/core'
import { messageOf, reasonOf } from './failures.ts'
import type { NumberedRoom } from './find-message.ts'
import { schemaVersion } from './migrations.ts'
import { openForReading } from './open-sql.ts'
import { endOf, placeOf } from './place.ts'
import {
  type AccountRow,
  accountOf,
  type BroadcastRow,
  broadcastOf,
  type MemberRow,
  type MessageRow,
  membershipOf,
  messageColumns,
  type RoomRow,
  roomOf,
  storedOf,
  type VariantRow,
  variantOf,
} from './rows.ts'
import type { Sql } from './sql.ts'

function* users(sql: Sql, passwords: boolean): Generator<ArchiveRecord> {
  for (const row of sql.iterate<AccountRow>('SELECT * FROM users ORDER BY id')) {
    yield { type: 'user', ...accountOf(passwords ? row : { ...row, password_hash: null }) }
  }
}

function* facts(sql: Sql): Generator<ArchiveRecord> {
  for (const row of sql.iterate<RoomRow>('SELECT * FROM rooms ORDER BY id')) {
    yield { type: 'room', ...roomOf(row) }
  }
}

function* members(sql: Sql, { id, number }: NumberedRoom): Generator<ArchiveRecord> {
  const rows = sql.iterate<MemberRow>(
    'SELECT user, role, joined_at, read FROM members WHERE room = ? ORDER BY user',
    number,
  )
  for (const row of rows) yield { type: 'member', ...membershipOf(id, row) }
}

const variants = (sql: Sql, place: number): readonly Variant[] =>
  sql
    .all<VariantRow>('SELECT number, text, ended, ended_by FROM variants WHERE place = ? ORDER BY number', place)
    .map(variantOf)

function* messages(sql: Sql, { id, number }: NumberedRoom): Generator<MessageRecord> {
  const rows = sql.iterate<MessageRow & { readonly origin: string | null }>(
    `SELECT origin, ${messageColumns} FROM messages WHERE place >= ? AND place < ? ORDER BY place`,
    placeOf(number, 0),
    endOf(number),
  )
  for (const row of rows) {
    const { message, bag } = storedOf(id, row)
    const { origin, place } = row
    yield {
      type: 'message',
      ...message,
      ...(message.variants && otherVariants(message, variants(sql, place))),
      ...(origin !== null && { origin }),
      ...(bag !== undefined && { bag }),
    }
  }
}

function* broadcasts(sql: Sql): Generator<ArchiveRecord> {
  for (const row of sql.iterate<BroadcastRow>('SELECT * FROM broadcasts ORDER BY at, id')) {
    yield { type: 'broadcast', ...broadcastOf(row) }
  }
}

function* everything(sql: Sql, passwords: boolean): Generator<ArchiveRecord> {
  const rooms = sql.all<NumberedRoom>('SELECT id, number FROM rooms ORDER BY id')
  yield* users(sql, passwords)
  yield* facts(sql)
  for (const room of rooms) yield* members(sql, room)
  for (const room of rooms) yield* messages(sql, room)
  yield* broadcasts(sql)
}

const checkVersion = (sql: Sql, path: string): void => {
  const version = sql.get<{ user_version: number }>('PRAGMA user_version')?.user_version
  if (version !== schemaVersion) {
    throw new Error(`${path} is in use by a Parley of another version: its schema is ${version}, not ${schemaVersion}.`)
  }
}

/**
 * All records of one moment, over a connection of its own: whoever writes meanwhile neither waits for this nor is seen by
 * it. As long as it lasts, the write-ahead log is kept.
 */
export async function* readArchive(path: string, { passwords }: ArchiveOptions): AsyncGenerator<ArchiveRecord> {
  let sql: Sql | undefined
  try {
    sql = openForReading(path)
    sql.run('BEGIN')
    checkVersion(sql, path)
    yield* everything(sql, passwords)
  } catch (error) {
    const reason = reasonOf(error)
    throw reason === undefined ? error : new Unavailable(reason, messageOf(error))
  } finally {
    sql?.close()
  }
}
