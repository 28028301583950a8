import { start } from '@parley/runtime-node'
import { Command } from 'commander'

export const startCommand = (): Command =>
  new Command('start')
    .description('Run the server. Its settings are environment variables: PORT, HOST, PARLEY_DATA, ...')
    .action(() => start(process.env))
