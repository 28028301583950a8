import type { Membership, RoomChange, RoomFacts } from '@parley/core'
import { changedRoom } from '@parley/core/store-rules'
import type { RoomId, RoomRole, UserId } from '@parley/protocol'
import { json, type RoomRow, roomOf } from '../rows.ts'
import type { Sql } from '../sql.ts'
import { headOf, numberOf, type Writing } from './writing.ts'

const find = (sql: Sql, id: RoomId): RoomRow | undefined => sql.get<RoomRow>('SELECT * FROM rooms WHERE id = ?', id)

export const createRoom = (
  writing: Writing,
  { room, members }: { readonly room: RoomFacts; readonly members: readonly Membership[] },
) => {
  const { sql } = writing
  const created =
    sql.run(
      `INSERT INTO rooms (id, kind, name, topic, created_at, created_by, people, bots, bot)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO NOTHING`,
      room.id,
      room.kind,
      room.name,
      room.topic,
      room.createdAt,
      room.createdBy ?? null,
      json(room.with),
      json(room.bots),
      json(room.bot),
    ) === 1
  if (created) for (const member of members) addMember(writing, member)
  const row = find(sql, room.id)
  return { room: row ? roomOf(row) : room, created }
}

export const changeRoom = (
  { sql }: Writing,
  { id, change }: { readonly id: RoomId; readonly change: RoomChange },
): RoomFacts | undefined => {
  const row = find(sql, id)
  if (!row) return undefined
  const changed = changedRoom(roomOf(row), change)
  sql.run(
    'UPDATE rooms SET name = ?, topic = ?, bot = ? WHERE number = ?',
    changed.name,
    changed.topic,
    json(changed.bot),
    row.number,
  )
  return changed
}

export const addMember = ({ sql }: Writing, membership: Membership): boolean => {
  const number = numberOf(sql, membership.room)
  if (number === undefined) throw new Error(`there is no room ${membership.room}`)
  const { user, role, joinedAt, read } = membership
  return (
    sql.run(
      'INSERT INTO members (room, user, role, joined_at, read) VALUES (?, ?, ?, ?, ?) ON CONFLICT (room, user) DO NOTHING',
      number,
      user,
      role,
      joinedAt,
      read,
    ) === 1
  )
}

interface Place {
  readonly room: RoomId
  readonly user: UserId
}

const where = 'WHERE user = ? AND room = (SELECT number FROM rooms WHERE id = ?)'

export const changeMemberRole = (
  { sql }: Writing,
  { room, user, role }: Place & { readonly role: RoomRole },
): boolean => sql.run(`UPDATE members SET role = ? ${where}`, role, user, room) === 1

export const removeMember = ({ sql }: Writing, { room, user }: Place): boolean =>
  sql.run(`DELETE FROM members ${where}`, user, room) === 1

export const moveMarker = (
  writing: Writing,
  { room, user, seq }: Place & { readonly seq: number },
): number | undefined => {
  const head = headOf(writing, room)
  if (!head) return undefined
  const read = Math.min(seq, head.rev)
  const moved = writing.sql.run(
    'UPDATE members SET read = ?1 WHERE room = ?2 AND user = ?3 AND read < ?1',
    read,
    head.number,
    user,
  )
  return moved === 1 ? read : undefined
}
