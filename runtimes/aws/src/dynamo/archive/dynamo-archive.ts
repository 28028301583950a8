import type { Archive } from '@parley/core'
import { type DynamoOptions, openContext } from '../open-context.ts'
import { refuseUnfinished } from './marker.ts'
import { readArchive } from './read-archive.ts'
import { writeArchive } from './write-archive.ts'

/** The {@link Archive} of a table of DynamoDB. A room that is too large for memory is put aside in a temporary file. */
export const dynamoArchive = (options: DynamoOptions): Archive => {
  const where = `The table ${options.table}`
  const context = openContext(options)
  return {
    async *read(options) {
      await refuseUnfinished(context, where)
      yield* readArchive(context, options)
    },
    write: (records) => writeArchive(context, where, records),
  }
}
