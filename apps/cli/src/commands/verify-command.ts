import { isParleyError } from '@parley/client'
import { Command } from 'commander'
import { withServer } from '../account/go-online.ts'
import { exitCodes, Failure, failureOf } from '../failure.ts'
import { urlArgument, whole, withExamples } from '../options.ts'
import { print, printJson } from '../output.ts'
import { serverAddress } from '../server-address.ts'
import type { HostOptions } from '../verify/host.ts'

interface Options extends HostOptions {
  readonly seed?: number
  readonly clients: number
  readonly messages?: number
  /** In seconds. */
  readonly duration?: number
  readonly restartCommand?: string
  readonly restarts: number
  /** In seconds. */
  readonly patience: number
  readonly keep?: boolean
  readonly json?: boolean
}

const usualMessages = 300

/** What keeps it from looking, apart from what it finds. */
const unlooked = (error: unknown, server: string): unknown => {
  const failure = isParleyError(error) ? failureOf(error, server) : error
  const isOther = failure instanceof Failure && failure.exitCode === exitCodes.failure
  return isOther ? new Failure(failure.message, exitCodes.usage) : failure
}

/** Aborted by Ctrl-C, so that what was made is put away; who asks again ends at once. */
const interruption = (tell: (line: string) => void): AbortSignal => {
  const controller = new AbortController()
  process.once('SIGINT', () => {
    tell('coming to an end; Ctrl-C once more leaves everything as it is')
    controller.abort()
  })
  return controller.signal
}

const run = async (url: string | undefined, options: Options): Promise<void> => {
  const server = serverAddress(url, process.env)
  const { seed = Math.floor(Math.random() * 1e9), clients, duration, restartCommand: command, restarts } = options
  const tell = (line: string): void => console.error(line)
  const [{ openHost }, { reportLines }, { restartBy }, { verify }] = await Promise.all([
    import('../verify/host.ts'),
    import('../verify/report-lines.ts'),
    import('../verify/restart.ts'),
    import('../verify/verify.ts'),
  ])
  await withServer(server, async () => {
    const host = await openHost(server, options)
    tell(`Verifying ${server}, --seed ${seed}`)
    const report = await verify({
      server,
      host,
      seed,
      clients,
      messages: options.messages ?? (duration === undefined ? usualMessages : Number.POSITIVE_INFINITY),
      durationMs: duration === undefined ? Number.POSITIVE_INFINITY : duration * 1000,
      restart: command === undefined ? undefined : restartBy(server, command),
      restarts,
      patienceMs: options.patience * 1000,
      keep: options.keep ?? false,
      signal: interruption(tell),
      tell,
    }).catch((error: unknown) => {
      throw unlooked(error, server)
    })
    if (options.json) printJson(report)
    else for (const line of reportLines(report)) print(line)
    if (report.violations.length > 0) process.exitCode = exitCodes.failure
  })
}

const about = `
Makes people and private rooms of its own, has many clients talk there through a network that drops, delays, doubles,
reorders, stalls and cuts, and then looks whether everything that was promised holds. With the token of an admin it
makes accounts, bans one and has a bot speak; with that of a member it makes rooms for guests; without any, guests talk
in a direct room. Afterwards everybody has left, is signed out or banned; the rooms and the names remain.`

const codes = `
Here 1 means that a promise was broken, and 2 also that it could not be looked at.`

export const verifyCommand = (): Command => {
  const command = new Command('verify')
    .description('Check whether a server keeps what Parley promises.')
    .argument(...urlArgument)
    .addHelpText('after', about)
    .option('--token <token>', 'of an admin, or a member (PARLEY_TOKEN, or the session that is kept here)')
    .option('--user <name>', 'sign in to an account in place of a token')
    .option('--password-stdin', "read the account's password from the first line of standard input")
    .option('--guests', 'with guests alone, whoever is signed in here')
    .option('--clients <number>', 'how many clients talk', whole(2), 6)
    .option('--messages <number>', `how many messages they say in all (${usualMessages})`, whole(1))
    .option('--duration <seconds>', 'for how long they talk, in place of a number or until that', whole(1))
    .option('--restart-command <command>', 'a shell command that kills the server and starts it again')
    .option('--restarts <number>', 'how often that is done', whole(0), 2)
    .option('--patience <seconds>', 'how long in the end is waited for what is late', whole(1), 15)
    .option('--seed <number>', 'who does what and what befalls whom, as in an earlier run', whole(0))
    .option('--keep', 'leave rooms and people as they are')
    .option('--json', 'print what was found as one line of JSON')
    .action(run)
  return withExamples(command, [
    'parley verify https://chat.example.org --token "$TOKEN"',
    'parley verify --duration 60 --clients 12',
    "parley verify --restart-command 'systemctl --user restart parley' --restarts 5",
  ]).addHelpText('after', codes)
}
