import type { StoredMessage } from '@parley/core'
import type { MessageId, RoomId } from '@parley/protocol'
import { type MessageRow, messageColumns, storedOf } from './rows.ts'
import type { Sql } from './sql.ts'

/** A room as the file knows it. */
export interface NumberedRoom {
  readonly id: RoomId
  readonly number: number
}

export const findMessage = (sql: Sql, room: NumberedRoom, id: MessageId): StoredMessage | undefined => {
  const row = sql.get<MessageRow>(`SELECT ${messageColumns} FROM messages WHERE room = ? AND id = ?`, room.number, id)
  return row && storedOf(room.id, row)
}
