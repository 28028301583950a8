import { type Command, InvalidArgumentError, Option } from 'commander'
import type { SignInOptions } from './account/sign-in.ts'

/** The settings that commands which speak to a server read, for their `--help`. */
const settingsHelp = `Settings (environment variables):
  PARLEY_URL      the server's address, where none is given
  PARLEY_TOKEN    who you are, for scripts: a token in place of a kept session
  NO_COLOR        any value: no colours (FORCE_COLOR=1: colours in pipes too)
  XDG_STATE_HOME  where sessions are kept, in parley/ (~/.local/state)`

const exitHelp = `Exit codes:
  0 fine, 1 failed, 2 wrong usage, 3 not signed in or refused, 4 server not reached`

/** Examples, settings and exit codes under a command's options. */
export const withExamples = (command: Command, examples: readonly string[]): Command =>
  command.addHelpText(
    'after',
    ['', 'Examples:', ...examples.map((line) => `  ${line}`), '', settingsHelp, '', exitHelp].join('\n'),
  )

/** Who speaks to a server: what each command takes that does. */
export type SomebodyOptions = SignInOptions

export const asSomebody = (command: Command): Command =>
  command
    .addOption(new Option('--name <name>', 'come as a guest of this name').conflicts('user'))
    .option('--user <name>', 'sign in to an account; asks for its password the first time')
    .option('--password-stdin', "read the account's password from the first line of standard input")

/** The address of a server, as the commands' first argument. */
export const urlArgument = ['[url]', "the server's address (PARLEY_URL, or http://127.0.0.1:8080)"] as const

/** An option that is a whole number from a least one up. */
export const whole =
  (least: number) =>
  (text: string): number => {
    if (!/^\d{1,9}$/.test(text) || Number(text) < least) {
      throw new InvalidArgumentError(`It is a whole number from ${least} up.`)
    }
    return Number(text)
  }
