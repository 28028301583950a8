import { type Client, type ClientOptions, createClient, isParleyError, type Self, type Session } from '@parley/client'
import { exitCodes, Failure } from '../failure.ts'
import { fileOutbox } from './file-outbox.ts'
import { stateFolder } from './kept-files.ts'
import { type KeptSession, type KeptSessions, keptSessions } from './kept-sessions.ts'
import { keptSessionFor, type SignInOptions, signInAnew } from './sign-in.ts'

/** A client of somebody who is signed in. It is not yet connected. */
export interface SignedInClient {
  readonly server: string
  readonly client: Client
  readonly me: Self
}

interface Options {
  readonly server: string
  readonly who: SignInOptions
  /** Whether what cannot be sent is kept for the next time. */
  readonly keepsOutbox?: boolean
  readonly maxGap?: number
}

/** Whose a client's session is; undefined if the session is over. @throws ParleyError */
const whoIs = async (client: Client): Promise<Self | undefined> => {
  try {
    return (await client.call('GET /api/me', {})).user
  } catch (error) {
    if (isParleyError(error) && error.code === 'signed_out') return undefined
    throw error
  }
}

/** A client that keeps its session's newest token. */
const clientOf = (
  options: ClientOptions,
  sessions: KeptSessions,
  session: Session & { readonly user: Self },
): Pick<SignedInClient, 'client'> & { readonly use: (me: Self) => void } => {
  let newest = session
  const client = createClient({ ...options, session })
  const use = (me: Self): void => {
    newest = { ...newest, user: me }
    sessions.keep(newest)
  }
  client.on('session', (next) => {
    newest = { ...newest, ...next }
    sessions.keep(newest)
  })
  return { client, use }
}

const withToken = async (server: string, options: ClientOptions, token: string): Promise<SignedInClient> => {
  const client = createClient({ ...options, session: { token } })
  const me = await whoIs(client)
  if (!me) throw new Failure(`${server} does not accept PARLEY_TOKEN: it is wrong, or over.`, exitCodes.refused)
  return { server, client, me }
}

/** Who signs in in place of a session that is over: a guest comes again under the same name. */
const successor = (who: SignInOptions, { user }: KeptSession): SignInOptions => {
  if (user.kind === 'guest') return { ...who, name: user.name }
  if (who.user === undefined && !process.stdin.isTTY) {
    throw new Failure(`${user.name} is signed out. Sign in with --user ${user.name}.`, exitCodes.refused)
  }
  return { ...who, user: user.name }
}

/**
 * Signs in: by the token of the environment, by a kept session, or anew.
 * @throws ParleyError, Failure
 */
export const openClient = async ({ server, who, keepsOutbox, maxGap }: Options): Promise<SignedInClient> => {
  const state = stateFolder(process.env)
  const token = process.env.PARLEY_TOKEN
  const common: ClientOptions = { server, ...(maxGap !== undefined && { maxGap }) }
  if (token && who.user === undefined && who.name === undefined) return withToken(server, common, token)

  const options = { ...common, ...(keepsOutbox && { outbox: fileOutbox(state, server) }) }
  const sessions = keptSessions(state, server)
  const kept = who.passwordStdin ? undefined : keptSessionFor(sessions.all(), who)
  if (kept) {
    const { client, use } = clientOf(options, sessions, kept)
    const me = await whoIs(client)
    if (me) {
      use(me)
      return { server, client, me }
    }
    sessions.forget(kept.user.id)
  }
  const session = await signInAnew(server, kept ? successor(who, kept) : who, sessions)
  return { server, client: clientOf(options, sessions, session).client, me: session.user }
}
