import { type Archive, type ArchiveOptions, RecordRefused } from '../ports/archive.ts'
import { BadLine } from './bad-line.ts'
import { type Counts, countRecords } from './counts.ts'
import { archiveRecords } from './read-lines.ts'
import type { ArchiveRecord } from './records.ts'
import { splitLines } from './split-lines.ts'
import { archiveLines } from './write-lines.ts'

/** Is told how far it is. */
export type OnProgress = (counts: Counts) => void

/** The records that pass, each told of after it was taken. */
async function* told(
  records: AsyncIterable<ArchiveRecord>,
  counted: ReturnType<typeof countRecords>,
  tell?: OnProgress,
) {
  for await (const record of records) {
    counted.add(record)
    yield record
    tell?.(counted.counts())
  }
}

/** All of an archive as lines of a file. */
export const exportLines = (archive: Archive, options: ArchiveOptions, tell?: OnProgress): AsyncIterable<string> =>
  archiveLines(told(archive.read(options), countRecords(), tell), options)

/**
 * Fills an empty store from a file that comes in pieces: all of it, or nothing. What there was of each kind.
 * @throws {BadLine} names the line that is wrong
 */
export const importLines = async (
  archive: Archive,
  pieces: AsyncIterable<Uint8Array>,
  tell?: OnProgress,
): Promise<Counts> => {
  const counted = countRecords()
  try {
    await archive.write(told(archiveRecords(splitLines(pieces)), counted, tell))
  } catch (error) {
    // The first record is in the second line.
    throw error instanceof RecordRefused ? new BadLine(error.index + 2, error.message) : error
  }
  return counted.counts()
}
