import { createClient, isParleyError } from '@parley/client'
import { Command, Option } from 'commander'
import { fileOutbox } from '../account/file-outbox.ts'
import { withServer } from '../account/go-online.ts'
import { stateFolder } from '../account/kept-files.ts'
import { type KeptSession, keptSessions } from '../account/kept-sessions.ts'
import { keptSessionFor } from '../account/sign-in.ts'
import { exitCodes, Failure } from '../failure.ts'
import { urlArgument, withExamples } from '../options.ts'
import { print } from '../output.ts'
import { serverAddress } from '../server-address.ts'

interface Options {
  readonly name?: string
  readonly user?: string
  readonly all?: boolean
}

/** Ends a session on the server; one that is over already is as well. @throws ParleyError */
const endSession = async (server: string, session: KeptSession): Promise<void> => {
  try {
    await createClient({ server, session }).call('POST /api/logout', {})
  } catch (error) {
    if (!isParleyError(error) || (error.code !== 'signed_out' && error.code !== 'forbidden')) throw error
  }
}

const logout = async (url: string | undefined, options: Options): Promise<void> => {
  const server = serverAddress(url, process.env)
  const state = stateFolder(process.env)
  const sessions = keptSessions(state, server)
  const meant = options.all ? sessions.all() : [keptSessionFor(sessions.all(), options)].flatMap((one) => one ?? [])
  if (meant.length === 0) throw new Failure(`Nobody who is meant is signed in to ${server} here.`, exitCodes.refused)
  await withServer(server, async () => {
    for (const session of meant) {
      await endSession(server, session)
      sessions.forget(session.user.id)
      const unsent = fileOutbox(state, server).clear(session.user.id)
      const loss = unsent > 0 ? ` ${unsent} unsent ${unsent === 1 ? 'message is' : 'messages are'} gone.` : ''
      print(`${session.user.name} is signed out of ${server}.${loss}`)
    }
  })
}

export const logoutCommand = (): Command => {
  const command = new Command('logout')
    .description('Sign out, and forget the session that is kept here: the last used one, if you do not say whose.')
    .argument(...urlArgument)
    .addOption(new Option('--name <name>', 'the session of the guest of this name').conflicts('user'))
    .option('--user <name>', 'the session of this account')
    .option('--all', 'all sessions of this server')
    .action(logout)
  return withExamples(command, ['parley logout', 'parley logout https://chat.example.org --user ana'])
}
