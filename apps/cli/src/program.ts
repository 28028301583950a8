import { Command } from 'commander'
import { backupCommand } from './commands/backup-command.ts'
import { chatCommand } from './commands/chat-command.ts'
import { deployCommand, destroyCommand } from './commands/deploy-command.ts'
import { exportCommand } from './commands/export-command.ts'
import { importCommand } from './commands/import-command.ts'
import { logoutCommand } from './commands/logout-command.ts'
import { restoreCommand } from './commands/restore-command.ts'
import { roomsCommand } from './commands/rooms-command.ts'
import { sendCommand } from './commands/send-command.ts'
import { startCommand } from './commands/start-command.ts'
import { tailCommand } from './commands/tail-command.ts'
import { userCommand } from './commands/user-command.ts'
import { verifyCommand } from './commands/verify-command.ts'
import { version } from './version.ts'

const help = `
Examples:
  parley start                              run a server here
  parley chat --name Ana                    talk on it
  parley send --room general Lunch is here  say one thing
  parley tail --room general --follow       listen

parley <command> --help has more.`

/** What commander says of a command that it does not understand, as one plain line. */
const oneLine = (message: string): string => {
  const [first = '', ...rest] = message
    .trim()
    .replace(/^error: /, '')
    .split('\n')
  const suggestion = rest.join(' ').replace(/^\(|\)$/g, '')
  const hint = suggestion || !first.startsWith('unknown command') ? suggestion : '"parley --help" lists them all.'
  const said = first.charAt(0).toUpperCase() + first.slice(1).replace(/\.$/, '')
  return `${[`${said}.`, hint].filter(Boolean).join(' ')}\n`
}

/** Settings that commander does not hand down to commands that were made apart. */
const settle = (command: Command): void => {
  command.exitOverride().configureOutput({ outputError: (message, write) => write(oneLine(message)) })
  for (const inner of command.commands) settle(inner)
}

/** The command line as a whole. Parsing it rejects with a `CommanderError` where it is not understood. */
export const createProgram = (): Command => {
  const program = new Command('parley')
    .description('Chat for people and language models together.')
    .version(version(), '-V, --version', 'print the version')
    .addHelpText('after', help)
    .addCommand(startCommand())
    .addCommand(userCommand())
    .addCommand(chatCommand())
    .addCommand(sendCommand())
    .addCommand(tailCommand())
    .addCommand(roomsCommand())
    .addCommand(logoutCommand())
    .addCommand(exportCommand())
    .addCommand(importCommand())
    .addCommand(backupCommand())
    .addCommand(restoreCommand())
    .addCommand(verifyCommand())
    .addCommand(deployCommand())
    .addCommand(destroyCommand())
  settle(program)
  return program
}
