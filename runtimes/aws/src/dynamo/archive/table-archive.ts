import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { type Archive, Unavailable } from '@parley/core'
import { dynamoArchive } from './dynamo-archive.ts'

/** A table as whoever types a command names it. What is left out is taken from the environment, as the AWS tools do. */
export interface TablePlace {
  readonly table: string
  readonly region?: string
  readonly endpoint?: string
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '')

/** Says in an operator's words what they can put right. */
const explained = (error: unknown, { table, region }: TablePlace): unknown => {
  const cause = error instanceof Unavailable ? error.cause : error
  if (nameOf(cause) === 'ResourceNotFoundException') {
    return new Error(`There is no table ${table}${region === undefined ? '' : ` in ${region}`}.`, { cause })
  }
  if (cause instanceof Error && cause.message === 'Region is missing') {
    return new Error('Say in which region the table is: --region, or AWS_REGION.', { cause })
  }
  return error
}

/** The archive of a table, with a client of its own. Errors have messages that an operator can read. */
export const tableArchive = (place: TablePlace): Archive => {
  const { table, region, endpoint } = place
  const client = new DynamoDBClient({
    ...(region !== undefined && { region }),
    ...(endpoint !== undefined && { endpoint }),
  })
  const archive = dynamoArchive({ client, table })
  return {
    async *read(options) {
      try {
        yield* archive.read(options)
      } catch (error) {
        throw explained(error, place)
      }
    },
    async write(records) {
      try {
        await archive.write(records)
      } catch (error) {
        throw explained(error, place)
      }
    },
  }
}
