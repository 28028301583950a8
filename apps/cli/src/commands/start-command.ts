import { Command } from 'commander'

const help = `
Settings (environment variables; the README has them all):
  PORT, HOST      where it listens (8080, 127.0.0.1); port 0 is any free one
  PARLEY_DATA     the folder of everything that is kept (./data)
  PARLEY_ORIGINS  the addresses people use, with commas: https://chat.example.org
  PARLEY_GUESTS   on or off (on where nobody from outside can come)
  PARLEY_LOG      debug, info, warn, error or silent (info)

Examples:
  parley start
  PORT=9000 PARLEY_DATA=/var/lib/parley parley start`

/** The server's code is loaded by the commands that need it, so that the others start quickly. */
export const startCommand = (): Command =>
  new Command('start')
    .description('Run the server.')
    .addHelpText('after', help)
    .action(async () => {
      const { start } = await import('@parley/runtime-node')
      await start(process.env)
    })
