import { Command } from 'commander'
import { withData } from '../archive/with-data.ts'
import { print } from '../output.ts'

const restore = (file: string): Promise<void> =>
  withData(async () => {
    const { readSettings, restoreData } = await import('@parley/runtime-node/data')
    await restoreData(process.env, file)
    print(`Restored to ${readSettings(process.env).data}. Start the server with "parley start".`)
  }, 'Nothing was restored.')

const help = `
It overwrites nothing: the data folder must have no chat yet, and no server may run on it. Sessions go on where the key that
signs tokens is still in the folder; elsewhere people sign in again.

Settings (environment variables):
  PARLEY_DATA  the data folder (./data)

Examples:
  PARLEY_DATA=/var/lib/parley parley restore /mnt/backup/parley-2026-11-21.db`

export const restoreCommand = (): Command =>
  new Command('restore')
    .description('Put a backup into a data folder that has no chat yet.')
    .argument('<file>', 'what parley backup has written')
    .addHelpText('after', help)
    .action(restore)
