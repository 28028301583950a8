import type { Archive } from '@parley/core'
import { type Command, Option } from 'commander'
import { exitCodes, Failure } from '../failure.ts'

/** Where a chat is kept: in the data folder that the settings name, or in a table of DynamoDB. */
export interface PlaceOptions {
  readonly table?: string
  readonly region?: string
  readonly endpoint?: string
}

export const withPlace = (command: Command): Command =>
  command
    .addOption(new Option('--table <name>', 'a table of DynamoDB in place of the data folder'))
    .addOption(new Option('--region <region>', "the table's region (AWS_REGION)"))
    .addOption(new Option('--endpoint <url>', 'where DynamoDB is, if it is not at AWS'))

/** The archive of a place. The code of each kind of place is loaded only where it is asked for. */
export const archiveAt = async ({ table, region, endpoint }: PlaceOptions): Promise<Archive> => {
  if (table === undefined) {
    const stray = region === undefined ? endpoint && '--endpoint' : '--region'
    if (stray) throw new Failure(`${stray} is of use with --table only.`, exitCodes.usage)
    const { dataArchive } = await import('@parley/runtime-node/data')
    return dataArchive(process.env)
  }
  const { tableArchive } = await import('@parley/runtime-aws')
  return tableArchive({
    table,
    ...(region !== undefined && { region }),
    ...(endpoint !== undefined && { endpoint }),
  })
}
