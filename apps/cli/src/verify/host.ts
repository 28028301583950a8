import { createClient, isParleyError, ParleyError } from '@parley/client'
import { stateFolder } from '../account/kept-files.ts'
import { keptSessions } from '../account/kept-sessions.ts'
import { openClient } from '../account/open-client.ts'
import { keptSessionFor } from '../account/sign-in.ts'
import { exitCodes, Failure } from '../failure.ts'
import type { Host } from './people.ts'

export interface HostOptions {
  readonly token?: string
  readonly user?: string
  readonly passwordStdin?: boolean
  readonly guests?: boolean
}

const byToken = async (server: string, token: string): Promise<Host> => {
  const { call } = createClient({ server, session: { token } })
  try {
    return { user: (await call('GET /api/me', {})).user, call }
  } catch (error) {
    if (!isParleyError(error) || error.code !== 'signed_out') throw error
    throw new Failure(`${server} does not accept this token: it is wrong, or over.`, exitCodes.refused)
  }
}

/** Sees whether there is a server at all, before much patience is had with it. @throws ParleyError */
const reach = async (server: string): Promise<void> => {
  await fetch(`${server}/api/health`).catch((error: unknown) => {
    throw new ParleyError('network', 'The server was not reached.', 1, error)
  })
}

/** Who runs the check: by a token, by signing in, or by the session that is kept; undefined: guests alone. @throws Failure */
export const openHost = async (server: string, options: HostOptions): Promise<Host | undefined> => {
  const { user, passwordStdin, guests } = options
  const token = options.token ?? (user === undefined ? process.env.PARLEY_TOKEN : undefined)
  await reach(server)
  if (guests) return undefined
  if (token) return byToken(server, token)
  const kept = keptSessionFor(keptSessions(stateFolder(process.env), server).all(), { ...(user && { user }) })
  if (user === undefined && kept?.user.kind !== 'person') return undefined
  const who = { ...(user && { user }), ...(passwordStdin && { passwordStdin }) }
  const { client, me } = await openClient({ server, who })
  return { user: me, call: client.call }
}
