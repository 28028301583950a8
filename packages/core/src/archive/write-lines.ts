import type { z } from 'zod'
import type { ArchiveOptions } from '../ports/archive.ts'
import { countRecords } from './counts.ts'
import { fieldOrder, inOrder } from './field-order.ts'
import { type ArchiveRecord, archiveVersion, type End, type Header, recordSchemas } from './records.ts'

const { user, room, member, message, broadcast } = recordSchemas
const orders = {
  user: fieldOrder(user),
  room: fieldOrder(room),
  member: fieldOrder(member),
  message: fieldOrder(message),
  broadcast: fieldOrder(broadcast),
}

const lineOf = (value: object): string => `${JSON.stringify(value)}\n`

/**
 * An archive as lines of JSON, each with its newline: what it is, the records, and how many they are. Equal archives have
 * equal lines.
 */
export async function* archiveLines(
  records: AsyncIterable<ArchiveRecord>,
  { passwords }: ArchiveOptions,
): AsyncGenerator<string, void, undefined> {
  const counted = countRecords()
  yield lineOf({ parley: 'export', version: archiveVersion, passwords } satisfies z.infer<typeof Header>)
  for await (const record of records) {
    counted.add(record)
    yield lineOf(inOrder(orders[record.type], record))
  }
  yield lineOf({ type: 'end', ...counted.counts() } satisfies z.infer<typeof End>)
}
