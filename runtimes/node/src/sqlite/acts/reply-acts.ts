import type { Growth, GrowthRefused, StoredMessage, Summary, Variant } from '@parley/core'
import { grown } from '@parley/core/store-rules'
import type { MessageId, RoomId } from '@parley/protocol'
import { findMessage } from '../find-message.ts'
import { placeOf } from '../place.ts'
import { headOf, numberOf, type Writing } from './writing.ts'

interface Place {
  readonly room: RoomId
  readonly id: MessageId
}

export const growMessage = (
  writing: Writing,
  { room, id, growth }: Place & { readonly growth: Growth },
): StoredMessage | GrowthRefused => {
  const head = headOf(writing, room)
  const stored = head && findMessage(writing.sql, { id: room, number: head.number }, id)
  if (!stored) return 'missing'
  const next = grown(stored, growth)
  if (typeof next === 'string') return next
  writing.sql.run(
    'UPDATE messages SET text = ?, lease_until = ? WHERE place = ?',
    next.message.text,
    growth.leaseUntil,
    placeOf(head.number, next.message.seq),
  )
  return next
}

interface Lease {
  readonly run: number
  readonly until: string
  readonly endedBefore?: string
}

export const leaseStream = (
  { sql }: Writing,
  { room, id, lease: { run, until, endedBefore } }: Place & { readonly lease: Lease },
): boolean => {
  const where = 'WHERE room = (SELECT number FROM rooms WHERE id = ?) AND id = ? AND run = ?'
  return endedBefore === undefined
    ? sql.run(`UPDATE messages SET lease_until = ? ${where}`, until, room, id, run) === 1
    : sql.run(
        `UPDATE messages SET lease_until = ? ${where} AND lease_until <= ?`,
        until,
        room,
        id,
        run,
        endedBefore,
      ) === 1
}

export const keepVariant = ({ sql }: Writing, { room, id, variant }: Place & { readonly variant: Variant }): void => {
  sql.run(
    `INSERT INTO variants (place, number, text, ended, ended_by)
       SELECT place, ?, ?, ?, ? FROM messages WHERE room = (SELECT number FROM rooms WHERE id = ?) AND id = ?
       ON CONFLICT (place, number) DO UPDATE
         SET text = excluded.text, ended = excluded.ended, ended_by = excluded.ended_by`,
    variant.index,
    variant.text,
    variant.ended ?? null,
    variant.endedBy ?? null,
    room,
    id,
  )
}

export const forgetVariants = ({ sql }: Writing, { room, id }: Place): void => {
  sql.run(
    `DELETE FROM variants
       WHERE place = (SELECT place FROM messages WHERE room = (SELECT number FROM rooms WHERE id = ?) AND id = ?)`,
    room,
    id,
  )
}

export const keepSummary = (
  { sql }: Writing,
  { room, summary }: { readonly room: RoomId; readonly summary: Summary | undefined },
): void => {
  const number = numberOf(sql, room)
  if (number === undefined) throw new Error(`there is no room ${room}`)
  if (!summary) sql.run('DELETE FROM summaries WHERE room = ?', number)
  else {
    sql.run(
      `INSERT INTO summaries (room, seq, rev, text) VALUES (?, ?, ?, ?)
         ON CONFLICT (room) DO UPDATE SET seq = excluded.seq, rev = excluded.rev, text = excluded.text`,
      number,
      summary.seq,
      summary.rev,
      summary.text,
    )
  }
}
