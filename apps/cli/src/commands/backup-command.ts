import { Command } from 'commander'
import { size } from '../archive/amounts.ts'
import { withData } from '../archive/with-data.ts'
import { print } from '../output.ts'

const backUp = (file: string): Promise<void> =>
  withData(async () => {
    const { backUpData } = await import('@parley/runtime-node/data')
    const bytes = await backUpData(process.env, file)
    print(
      `Backed up to ${file} (${size(bytes)}). Whoever can read it can read everything but the key that signs tokens.`,
    )
  }, 'Nothing was backed up.')

const help = `
One file with everything, as it is at one moment, passwords and sessions too; "parley restore" takes it. It works while the
server runs. The key that signs tokens is not in it: it stays in the data folder.

Settings (environment variables):
  PARLEY_DATA  the data folder (./data)

Examples:
  parley backup /mnt/backup/parley-$(date +%F).db`

export const backupCommand = (): Command =>
  new Command('backup')
    .description('Copy the database of the data folder to a file, while the server runs or not.')
    .argument('<file>', 'a file that is not there yet')
    .addHelpText('after', help)
    .action(backUp)
