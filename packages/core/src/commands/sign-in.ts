import { limits } from '@parley/protocol'
import type { Execute } from '../outcome.ts'
import type { Ports } from '../ports/ports.ts'
import { refuse } from '../refusal.ts'
import { refusals } from '../refusals.ts'
import { beginSession } from '../sessions.ts'
import { foldName } from '../store-rules.ts'

/** The wait for an attempt. An address that has to wait costs the account nothing: nobody is locked out by it. */
const attempt = (ports: Ports, address: string, name: string): number => {
  const wait = ports.limits.take('login-address', address)
  if (wait > 0) return wait
  const isName = [...name].length <= limits.nameCharacters
  return ports.limits.take('login-account', isName ? foldName(name) : '')
}

const wrong = refuse('unauthorized', 'The name or the password is wrong.')

/** Signs an account in. An unknown name and a wrong password get one answer, after the same time. */
export const signIn: Execute<'sign-in'> = async (ports, actor, { username, password }) => {
  const name = username.normalize('NFC').trim()
  const wait = actor.kind === 'nobody' ? attempt(ports, actor.address, name) : 0
  if (wait > 0) return refuse('rate_limited', 'Too many attempts. Wait a little.', wait)
  const account = await ports.store.userByName(name)
  const right = await ports.passwords.verify(password, account?.passwordHash)
  if (!account || !right) return wrong
  if (account.banned) return refusals.banned
  const session = await beginSession(ports, account)
  return session ? { answer: session } : wrong
}
