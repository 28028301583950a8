import type { RoomId } from '@parley/protocol'
import type { Marks } from '../marks.ts'
import { endOf, placeOf } from '../place.ts'
import type { Sql } from '../sql.ts'

/** Where a room stands: what its next message builds on. */
export interface Head {
  readonly number: number
  readonly rev: number
  /** `at` of the newest message. */
  readonly newestAt: string | undefined
}

/** What an act works with. Heads and marks are known from what was written before, and forgotten when that is taken back. */
export interface Writing {
  readonly sql: Sql
  readonly heads: Map<RoomId, Head>
  readonly marks: Marks
}

export const forget = ({ heads, marks }: Writing): void => {
  heads.clear()
  marks.clear()
}

/** More heads than this are not kept. */
const headsMax = 10_000

export const setHead = ({ heads }: Writing, room: RoomId, head: Head): void => {
  if (heads.size >= headsMax) heads.clear()
  heads.set(room, head)
}

export const numberOf = (sql: Sql, room: RoomId): number | undefined =>
  sql.get<{ number: number }>('SELECT number FROM rooms WHERE id = ?', room)?.number

/** The newest rev of a room. */
export const revOf = (sql: Sql, number: number): number =>
  sql.get<{ rev: number | null }>('SELECT max(rev) AS rev FROM messages WHERE room = ?', number)?.rev ?? 0

/** Undefined where there is no such room. */
export const headOf = (writing: Writing, room: RoomId): Head | undefined => {
  const known = writing.heads.get(room)
  if (known) return known
  const number = numberOf(writing.sql, room)
  if (number === undefined) return undefined
  const newest = writing.sql.get<{ at: string }>(
    'SELECT at FROM messages WHERE place >= ? AND place < ? ORDER BY place DESC LIMIT 1',
    placeOf(number, 0),
    endOf(number),
  )
  const head = { number, rev: revOf(writing.sql, number), newestAt: newest?.at }
  setHead(writing, room, head)
  return head
}
