import type { Summary, Variant } from '@parley/core'
import type { MessageId, RoomId } from '@parley/protocol'
import type { NumberedRoom } from './find-message.ts'
import { type VariantRow, variantOf } from './rows.ts'
import type { Sql } from './sql.ts'

/** So many at a time. */
const orphansMax = 100

export const orphans = (sql: Sql, before: string): readonly { readonly room: RoomId; readonly id: MessageId }[] =>
  sql
    .all<{ readonly room: RoomId; readonly id: MessageId }>(
      `SELECT rooms.id AS room, messages.id AS id FROM messages JOIN rooms ON rooms.number = messages.room
       WHERE run IS NOT NULL AND lease_until < ? ORDER BY lease_until LIMIT ?`,
      before,
      orphansMax,
    )
    .map(({ room, id }) => ({ room, id }))

export const findVariant = (sql: Sql, room: NumberedRoom, message: MessageId, index: number): Variant | undefined => {
  const row = sql.get<VariantRow>(
    `SELECT variants.number, variants.text, variants.ended, variants.ended_by
       FROM messages JOIN variants USING (place) WHERE room = ? AND id = ? AND variants.number = ?`,
    room.number,
    message,
    index,
  )
  return row && variantOf(row)
}

export const findSummary = (sql: Sql, room: NumberedRoom): Summary | undefined => {
  const row = sql.get<Summary>('SELECT seq, rev, text FROM summaries WHERE room = ?', room.number)
  return row && { seq: row.seq, rev: row.rev, text: row.text }
}
