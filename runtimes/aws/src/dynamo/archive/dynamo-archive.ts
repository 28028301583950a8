import { randomUUID } from 'node:crypto'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { Archive, Clock } from '@parley/core'
import { type Context, randomPause } from '../context.ts'
import { openItems } from '../items.ts'
import { refuseUnfinished } from './marker.ts'
import { readArchive } from './read-archive.ts'
import { writeArchive } from './write-archive.ts'

export interface DynamoArchiveOptions {
  readonly client: DynamoDBClient
  /** The name of a table that is made as `tableDefinition` says. */
  readonly table: string
  readonly clock?: Clock
}

/** The {@link Archive} of a table of DynamoDB. A room that is too large for memory is put aside in a temporary file. */
export const dynamoArchive = ({ client, table, clock = { now: Date.now } }: DynamoArchiveOptions): Archive => {
  const where = `The table ${table}`
  const context: Context = {
    items: openItems({ client, table, pause: randomPause }),
    now: () => clock.now(),
    token: randomUUID,
    pause: randomPause,
  }
  return {
    async *read(options) {
      await refuseUnfinished(context, where)
      yield* readArchive(context, options)
    },
    write: (records) => writeArchive(context, where, records),
  }
}
