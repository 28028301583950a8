#!/usr/bin/env node
import { Command } from 'commander'
import { chatCommand } from './chat-command.ts'
import { Failure } from './failure.ts'
import { startCommand } from './start-command.ts'
import { userCommand } from './user-command.ts'

const program = new Command('parley')
  .description('Chat for people and language models together.')
  .addCommand(startCommand())
  .addCommand(userCommand())
  .addCommand(chatCommand())
  .showHelpAfterError('(parley --help shows what there is)')

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof Failure)) throw error
  console.error(error.message)
  process.exitCode = error.exitCode
}
