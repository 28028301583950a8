import { fitting, type MessagePage, type PageSize, type StoredMessage } from '@parley/core'
import type { Message, RoomId, UserId } from '@parley/protocol'
import { revOf } from './acts/writing.ts'
import type { NumberedRoom } from './find-message.ts'
import { markSpan } from './marks.ts'
import { endOf, placeOf } from './place.ts'
import { type MessageRow, messageColumns, storedOf } from './rows.ts'
import type { Sql } from './sql.ts'

const select = `SELECT ${messageColumns} FROM messages`

/** The first of the rows that fit a page. Rows behind it are not read. */
const fill = (room: RoomId, rows: Iterable<MessageRow>, size: PageSize) => {
  const held: StoredMessage[] = []
  const converted = function* () {
    for (const row of rows) {
      const stored = storedOf(room, row)
      held.push(stored)
      yield stored
    }
  }
  const count = fitting(converted(), size)
  return { messages: held.slice(0, count), more: held.length > count }
}

export const messagesSince = (sql: Sql, room: NumberedRoom, since: number, size: PageSize): MessagePage => {
  const rows = sql.iterate<MessageRow>(
    `${select} WHERE room = ? AND rev > ? ORDER BY rev LIMIT ?`,
    room.number,
    since,
    size.limit + 1,
  )
  const { messages, more } = fill(room.id, rows, size)
  const last = messages.at(-1)?.message.rev
  return { messages, more, rev: more && last !== undefined ? last : revOf(sql, room.number) }
}

export const history = (
  sql: Sql,
  room: NumberedRoom,
  { before, after }: { readonly before?: number; readonly after?: number },
  size: PageSize,
): MessagePage => {
  const rev = revOf(sql, room.number)
  const [order, from, to] =
    after === undefined
      ? ['DESC', placeOf(room.number, 0), before === undefined ? endOf(room.number) : placeOf(room.number, before)]
      : ['ASC', placeOf(room.number, after) + 1, endOf(room.number)]
  const rows = sql.iterate<MessageRow>(
    `${select} WHERE place >= ? AND place < ? ORDER BY place ${order} LIMIT ?`,
    from,
    to,
    size.limit + 1,
  )
  const { messages, more } = fill(room.id, rows, size)
  return { messages: after === undefined ? messages.reverse() : messages, rev, more }
}

/** How many messages came after a seq, counted up to `most`. */
export const countAfter = (sql: Sql, room: number, seq: number, most: number): number =>
  sql.get<{ count: number }>(
    'SELECT count(*) AS count FROM (SELECT 1 FROM messages WHERE place > ? AND place < ? LIMIT ?)',
    placeOf(room, seq),
    endOf(room),
    most,
  )?.count ?? 0

export const latestMessage = (
  sql: Sql,
  user: UserId,
  origin: string,
  from: string,
  until: string,
): Message | undefined => {
  const marked = sql.all<{ place: number; room: number }>(
    'SELECT place, room FROM messages WHERE origin = ? AND marked = 1 AND at <= ? ORDER BY at DESC',
    origin,
    until,
  )
  const newest = new Map<number, MessageRow>()
  for (const { place, room } of marked) {
    const row = newest.has(room)
      ? undefined
      : sql.get<MessageRow>(
          `${select} WHERE place >= ? AND place < ? AND origin = ? AND sender = ? AND at BETWEEN ? AND ?
             ORDER BY place DESC LIMIT 1`,
          place,
          Math.min(place + markSpan, endOf(room)),
          origin,
          user,
          from,
          until,
        )
    if (row) newest.set(room, row)
  }
  const [latest] = [...newest].sort(([, one], [, other]) => (one.at < other.at ? 1 : -1))
  const room = latest && sql.get<{ id: RoomId }>('SELECT id FROM rooms WHERE number = ?', latest[0])
  return room && storedOf(room.id, latest[1]).message
}
