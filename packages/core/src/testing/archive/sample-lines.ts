import { archiveRecords } from '../../archive/read-lines.ts'
import type { ArchiveRecord } from '../../archive/records.ts'
import { instant, messageId, userId } from '../samples.ts'

/** A line of an export before it is written as JSON. */
export type Line = Record<string, unknown>

export const header: Line = { parley: 'export', version: 1, passwords: true }
export const ana = {
  type: 'user',
  id: userId(1),
  name: 'Ana',
  kind: 'person',
  role: 'owner',
  banned: false,
  createdAt: instant(0),
}
export const bia = { ...ana, id: userId(2), name: 'Bia', role: 'member' }
const club = { type: 'room', id: 'club', kind: 'private', name: 'Club', topic: '', createdAt: instant(0) }
export const general = { ...club, id: 'general', kind: 'public', name: 'general' }
export const member = { type: 'member', room: 'club', user: userId(1), role: 'admin', joinedAt: instant(0), read: 0 }
export const message = (seq: number, rev = seq): Line => ({
  type: 'message',
  room: 'general',
  seq,
  rev,
  id: messageId(seq),
  from: { id: userId(1), name: 'Ana', kind: 'person' },
  text: 'text',
  at: instant(seq),
})
export const said = {
  type: 'broadcast',
  id: messageId(90),
  from: { id: userId(1), name: 'Ana', kind: 'person' },
  text: 'hi',
  at: instant(90),
}
/** All lines of a small export but the last, `end`. */
export const whole: readonly Line[] = [
  header,
  ana,
  bia,
  club,
  general,
  member,
  message(1, 4),
  message(2),
  message(3, 9),
  said,
]
export const end: Line = { type: 'end', users: 2, rooms: 2, members: 1, messages: 3, broadcasts: 1 }

/** What is read of the lines; those that are texts stand there as they are. */
export const read = async (lines: readonly (Line | string)[]): Promise<ArchiveRecord[]> => {
  const records: ArchiveRecord[] = []
  const given = async function* () {
    for (const line of lines) yield typeof line === 'string' ? line : JSON.stringify(line)
  }
  for await (const record of archiveRecords(given())) records.push(record)
  return records
}

/** The whole file with another line, or other fields in it, named by its number. */
export const withLine = (line: number, change: Line | string): (Line | string)[] => {
  const lines: (Line | string)[] = [...whole, end]
  lines[line - 1] = typeof change === 'string' ? change : { ...(lines[line - 1] as Line), ...change }
  return lines
}

/** The whole file with more lines before one. */
export const withMore = (line: number, ...more: readonly Line[]): readonly Line[] =>
  [...whole, end].toSpliced(line - 1, 0, ...more)
