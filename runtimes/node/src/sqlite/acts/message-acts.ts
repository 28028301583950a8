import type { ChangeRefused, Draft, MessageChange, StoredMessage, Stream } from '@parley/core'
import { changedStored, newMessage, newStored } from '@parley/core/store-rules'
import type { Broadcast, Message, MessageId, RoomId } from '@parley/protocol'
import { findMessage } from '../find-message.ts'
import { placeOf } from '../place.ts'
import { json } from '../rows.ts'
import type { Sql } from '../sql.ts'
import { type Head, headOf, setHead, type Writing } from './writing.ts'

const insert = ({ sql, marks }: Writing, { number }: Head, message: Message, draft: Draft): boolean =>
  sql.run(
    `INSERT INTO messages
       (place, room, rev, id, sender, sender_name, sender_kind, text, at, reply_to, origin, marked, bag)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (room, id) DO NOTHING`,
    placeOf(number, message.seq),
    number,
    message.rev,
    message.id,
    message.from.id,
    message.from.name,
    message.from.kind,
    message.text,
    message.at,
    message.replyTo ?? null,
    draft.origin ?? null,
    draft.origin !== undefined && marks.take(draft.room, draft.origin, message.seq) ? 1 : 0,
    draft.bag ?? null,
  ) === 1

/** Apart from the insertion, which most messages are. */
const beginStream = (sql: Sql, place: number, { run, leaseUntil, restarts }: Stream): void => {
  sql.run(
    'UPDATE messages SET streaming = 1, run = ?, lease_until = ?, restarts = ? WHERE place = ?',
    run,
    leaseUntil,
    restarts,
    place,
  )
}

/** What was appended is told by its place and time only: all else its author knows. */
export type Appended = { readonly rev: number; readonly at: string } | { readonly repeated: StoredMessage } | 'conflict'

export const appendMessage = (writing: Writing, draft: Draft): Appended => {
  const head = headOf(writing, draft.room)
  if (!head) throw new Error(`there is no room ${draft.room}`)
  const message = newMessage(draft, head.rev + 1, head.newestAt)
  if (insert(writing, head, message, draft)) {
    const { stream } = newStored(draft, message)
    if (stream) beginStream(writing.sql, placeOf(head.number, message.seq), stream)
    setHead(writing, draft.room, { number: head.number, rev: message.rev, newestAt: message.at })
    return { rev: message.rev, at: message.at }
  }
  const stored = findMessage(writing.sql, { id: draft.room, number: head.number }, draft.id)
  return stored?.message.from.id === draft.from.id ? { repeated: stored } : 'conflict'
}

interface Changing {
  readonly room: RoomId
  readonly id: MessageId
  readonly change: MessageChange
}

export const changeMessage = (
  writing: Writing,
  { room, id, change }: Changing,
): { readonly stored: StoredMessage; readonly changed: boolean } | ChangeRefused => {
  const head = headOf(writing, room)
  const stored = head && findMessage(writing.sql, { id: room, number: head.number }, id)
  if (!stored) return 'missing'
  const changed = changedStored(stored, change, head.rev + 1)
  if (changed === undefined) return { stored, changed: false }
  if (typeof changed === 'string') return changed
  const { message, stream } = changed
  writing.sql.run(
    `UPDATE messages SET rev = ?, text = ?, edited_at = ?, deleted_at = ?, reactions = ?, streaming = ?, ended = ?,
       ended_by = ?, variants = ?, run = ?, lease_until = ?, restarts = ? WHERE place = ?`,
    message.rev,
    message.text,
    message.editedAt ?? null,
    message.deletedAt ?? null,
    json(message.reactions),
    message.streaming === undefined ? null : Number(message.streaming),
    message.ended ?? null,
    message.endedBy ?? null,
    json(message.variants),
    stream?.run ?? null,
    stream?.leaseUntil ?? null,
    stream?.restarts ?? null,
    placeOf(head.number, message.seq),
  )
  setHead(writing, room, { ...head, rev: message.rev })
  return { stored: changed, changed: true }
}

export const addBroadcast = ({ sql }: Writing, { id, from, text, at }: Broadcast): void => {
  sql.run(
    `INSERT INTO broadcasts (id, sender, sender_name, sender_kind, text, at) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO NOTHING`,
    id,
    from.id,
    from.name,
    from.kind,
    text,
    at,
  )
}
