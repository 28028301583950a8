import { userInfo } from 'node:os'
import { asGuest, isParleyError, type Self, type Session, signIn } from '@parley/client'
import { exitCodes, Failure } from '../failure.ts'
import { ask } from './input.ts'
import type { KeptSession, KeptSessions } from './kept-sessions.ts'
import { readPassword } from './password.ts'

/** Who to be, as the command's options say. */
export interface SignInOptions {
  readonly name?: string
  readonly user?: string
  readonly passwordStdin?: boolean
}

type SignedIn = Session & { readonly user: Self }

/** The kept session that the options mean; without any the last used one. */
export const keptSessionFor = (
  sessions: readonly KeptSession[],
  { name, user }: SignInOptions,
): KeptSession | undefined => {
  const wanted = user ?? name
  if (wanted === undefined) return sessions[0]
  const isMeant = (other: string): boolean =>
    other.normalize('NFC').toLowerCase() === wanted.normalize('NFC').toLowerCase()
  return sessions.find((kept) => (kept.user.kind === 'guest') === (user === undefined) && isMeant(kept.user.name))
}

const withPassword = async (server: string, username: string, fromStdin: boolean): Promise<SignedIn> => {
  const password = await readPassword(fromStdin, username)
  return (await signIn(server, { username, password })) as SignedIn
}

const withoutAccount = async (server: string, name: string | undefined): Promise<SignedIn> => {
  try {
    return (await asGuest(server, name ?? userInfo().username)) as SignedIn
  } catch (error) {
    if (!isParleyError(error) || (error.code !== 'forbidden' && error.code !== 'conflict')) throw error
    if (process.stdin.isTTY && name === undefined) {
      process.stderr.write(`${error.message}\n`)
      return withPassword(server, await ask('Name of your account: '), false)
    }
    throw new Failure(`${error.message} Use --user NAME, or --name for another name.`, exitCodes.refused)
  }
}

/**
 * Signs in anew, and keeps the session.
 * @throws ParleyError what the server refuses
 */
export const signInAnew = async (
  server: string,
  { name, user, passwordStdin = false }: SignInOptions,
  sessions: KeptSessions,
): Promise<SignedIn> => {
  const session =
    user === undefined ? await withoutAccount(server, name) : await withPassword(server, user, passwordStdin)
  sessions.keep(session)
  return session
}
