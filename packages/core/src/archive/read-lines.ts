import type { z } from 'zod'
import { BadLine } from './bad-line.ts'
import { type Counts, countRecords } from './counts.ts'
import { recordOrder } from './record-order.ts'
import { type ArchiveRecord, archiveVersion, End, Header, recordSchemas } from './records.ts'
import { references } from './references.ts'

const fields = (path: readonly PropertyKey[]): string => path.map(String).join('.')

/** What is wrong with a line, by the first field that is. */
const reasonOf = ({ issues }: z.ZodError): string => {
  const issue = issues[0]
  if (issue?.code === 'unrecognized_keys')
    return `unknown field ${[...issue.path, issue.keys[0]].map(String).join('.')}`
  const field = fields(issue?.path ?? [])
  return `${field ? `${field}: ` : ''}${issue?.message ?? 'not understood'}`.slice(0, 300)
}

const parseLine = (text: string, line: number): object => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new BadLine(line, 'is not JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new BadLine(line, 'is no JSON object')
  return value
}

const checked = <T>(schema: z.ZodType<T>, value: object, line: number): T => {
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw new BadLine(line, reasonOf(parsed.error))
  return parsed.data
}

const readHeader = (value: object): z.infer<typeof Header> => {
  if (Reflect.get(value, 'parley') !== 'export') throw new BadLine(1, 'this is no export of Parley')
  const version: unknown = Reflect.get(value, 'version')
  if (typeof version === 'number' && version > archiveVersion) {
    throw new BadLine(1, `was written by a newer Parley: its version is ${version}, this one knows ${archiveVersion}`)
  }
  return checked(Header, value, 1)
}

const readRecord = (value: object, line: number): ArchiveRecord => {
  const type: unknown = Reflect.get(value, 'type')
  if (typeof type !== 'string' || !Object.hasOwn(recordSchemas, type)) {
    throw new BadLine(line, `unknown type ${JSON.stringify(type) ?? '(none)'}`.slice(0, 100))
  }
  return checked<ArchiveRecord>(recordSchemas[type as ArchiveRecord['type']], value, line)
}

const checkCounts = (end: Counts, counts: Counts, line: number): void => {
  for (const [name, count] of Object.entries(counts)) {
    const said = end[name as keyof Counts]
    if (said !== count) throw new BadLine(line, `counts ${said} ${name}, but there are ${count}`)
  }
}

/**
 * The records of a file, each one checked: its shape, with the limits of the wire; its place in the order; and that what
 * it speaks of is there. Who wrote a message, or reacted to it, may be gone. Holds the ids of users and rooms, and a number
 * for each message whose latest change is newer than the messages read so far.
 * @throws {BadLine} names the first line that is wrong; a file without its end is wrong where it stops
 */
export async function* archiveRecords(lines: AsyncIterable<string>): AsyncGenerator<ArchiveRecord, void, undefined> {
  const counted = countRecords()
  const order = recordOrder()
  const refers = references()
  let line = 0
  let passwords = false
  let ended = false
  for await (const text of lines) {
    line += 1
    if (ended) throw new BadLine(line, 'there is something after the last line')
    const value = parseLine(text, line)
    if (line === 1) {
      passwords = readHeader(value).passwords
      continue
    }
    if (Reflect.get(value, 'type') === 'end') {
      const { type: _type, ...counts } = checked(End, value, line)
      refers.end(line)
      checkCounts(counts, counted.counts(), line)
      ended = true
      continue
    }
    const record = readRecord(value, line)
    if (!passwords && record.type === 'user' && record.passwordHash !== undefined) {
      throw new BadLine(line, 'has a password, but line 1 says that there are none')
    }
    order.check(record, line)
    refers.check(record, line)
    counted.add(record)
    yield record
  }
  if (!ended) throw new BadLine(line + 1, 'the file stops here, without its last line: it was cut off')
}
