import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import {
  type ArchiveRecord,
  assistantId,
  foldName,
  importedStream,
  type MessageRecord,
  NotEmpty,
  RecordRefused,
  Unavailable,
} from '@parley/core'
import type { RoomId } from '@parley/protocol'
import { messageOf, reasonOf } from './failures.ts'
import { putInPlace, refuseStrayLog, removeDatabase } from './files.ts'
import { type Marks, marks } from './marks.ts'
import { defaultPatienceMs, prepareFile } from './open-sql.ts'
import { placeOf } from './place.ts'
import { json } from './rows.ts'
import { type Sql, sqlOf } from './sql.ts'

/** The file that is being filled, with the numbers of its rooms, in their order. */
interface Filling {
  readonly sql: Sql
  readonly rooms: Map<RoomId, number>
  readonly marks: Marks
}

const numberOf = ({ rooms }: Filling, room: RoomId): number => {
  const number = rooms.get(room)
  if (number === undefined) throw new Error(`there is no room ${room}`)
  return number
}

const insertMessage = ({ sql, marks }: Filling, number: number, message: MessageRecord): boolean => {
  const { stream } = importedStream(message)
  const place = placeOf(number, message.seq)
  const isNew =
    sql.run(
      `INSERT INTO messages
       (place, room, rev, id, sender, sender_name, sender_kind, text, at, edited_at, deleted_at, reply_to, reactions,
        streaming, ended, ended_by, variants, origin, marked, bag, run, lease_until, restarts)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (room, id) DO NOTHING`,
      place,
      number,
      message.rev,
      message.id,
      message.from.id,
      message.from.name,
      message.from.kind,
      message.text,
      message.at,
      message.editedAt ?? null,
      message.deletedAt ?? null,
      message.replyTo ?? null,
      json(message.reactions),
      message.streaming === undefined ? null : Number(message.streaming),
      message.ended ?? null,
      message.endedBy ?? null,
      json(message.variants),
      message.origin ?? null,
      message.origin !== undefined && marks.take(message.room, message.origin, message.seq) ? 1 : 0,
      message.bag ?? null,
      stream?.run ?? null,
      stream?.leaseUntil ?? null,
      stream?.restarts ?? null,
    ) === 1
  for (const { index, text, ended, endedBy } of isNew ? (message.others ?? []) : []) {
    sql.run(
      'INSERT INTO variants (place, number, text, ended, ended_by) VALUES (?, ?, ?, ?, ?)',
      ...[place, index, text, ended ?? null, endedBy ?? null],
    )
  }
  return isNew
}

/** @returns whether it could be stored beside the others */
const insert = (filling: Filling, record: ArchiveRecord): boolean => {
  const { sql, rooms } = filling
  if (record.type === 'user') {
    const { id, name, kind, role, banned, createdAt, passwordHash, bot } = record
    const folded = foldName(name)
    const values = [id, name, folded, kind, role, Number(banned), createdAt, passwordHash ?? null, json(bot)] as const
    sql.run(
      `INSERT INTO users (id, name, folded, kind, role, banned, created_at, password_hash, bot)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...values,
    )
  } else if (record.type === 'room') {
    const { id, kind, name, topic, createdAt, createdBy, with: people, bots, bot } = record
    const number = rooms.size + 1
    rooms.set(id, number)
    sql.run(
      `INSERT INTO rooms (number, id, kind, name, topic, created_at, created_by, people, bots, bot)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[number, id, kind, name, topic, createdAt, createdBy ?? null, json(people), json(bots), json(bot)],
    )
  } else if (record.type === 'member') {
    const { room, user, role, joinedAt, read } = record
    sql.run(
      'INSERT INTO members (room, user, role, joined_at, read) VALUES (?, ?, ?, ?, ?)',
      ...[numberOf(filling, room), user, role, joinedAt, read],
    )
  } else if (record.type === 'message') return insertMessage(filling, numberOf(filling, record.room), record)
  else {
    const { id, from, text, at } = record
    sql.run(
      'INSERT INTO broadcasts (id, sender, sender_name, sender_kind, text, at) VALUES (?, ?, ?, ?, ?, ?)',
      ...[id, from.id, from.name, from.kind, text, at],
    )
  }
  return true
}

/** The assistant is there as soon as a server was started. */
const isEmpty = (db: DatabaseSync): boolean =>
  db
    .prepare(
      `SELECT 1 FROM users WHERE id <> ? UNION ALL SELECT 1 FROM rooms WHERE id <> 'general' UNION ALL SELECT 1 FROM messages
         UNION ALL SELECT 1 FROM broadcasts LIMIT 1`,
    )
    .get(assistantId) === undefined

/**
 * Ends the life of the file that was there: what its log holds is brought into it, so that none is left beside the one
 * that takes its place.
 */
const retire = (path: string): void => {
  refuseStrayLog(path)
  if (!existsSync(path)) return
  prepareFile(path)
  const db = new DatabaseSync(path, { timeout: defaultPatienceMs })
  try {
    if (!isEmpty(db)) throw new NotEmpty(path)
    db.exec('PRAGMA journal_mode = DELETE')
  } finally {
    db.close()
  }
}

const fill = async (path: string, records: AsyncIterable<ArchiveRecord>): Promise<void> => {
  prepareFile(path)
  const db = new DatabaseSync(path)
  try {
    // Nobody reads the file before it is whole, and it is thrown away if it never is: so nothing of it need be safe.
    db.exec('PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536')
    db.exec('BEGIN; DELETE FROM rooms')
    const filling: Filling = { sql: sqlOf(db), rooms: new Map(), marks: marks() }
    let index = 0
    for await (const record of records) {
      if (!insert(filling, record)) throw new RecordRefused(index, 'a message of this id is in the room already')
      index += 1
    }
    db.exec('COMMIT')
  } finally {
    db.close()
  }
}

/** Fills a file beside the one of the path, and lets it take its place when it is whole and on the disk. */
export const writeArchive = async (path: string, records: AsyncIterable<ArchiveRecord>): Promise<void> => {
  const next = `${path}.new`
  try {
    retire(path)
    removeDatabase(next)
    await fill(next, records)
    retire(path)
    putInPlace(next, path)
  } catch (error) {
    removeDatabase(next)
    const reason = reasonOf(error)
    throw reason === undefined ? error : new Unavailable(reason, messageOf(error))
  }
}
