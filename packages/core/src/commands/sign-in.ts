import type { Execute } from '../outcome.ts'
import { refuse } from '../refusal.ts'
import { beginSession } from '../sessions.ts'
import { foldName } from '../store-rules.ts'

const wrong = refuse('unauthorized', 'The name or the password is wrong.')

/** Signs an account in. An unknown name and a wrong password get one answer, after the same time. */
export const signIn: Execute<'sign-in'> = async (ports, actor, { username, password }) => {
  const name = username.normalize('NFC').trim()
  if (actor.kind === 'nobody') {
    const wait = Math.max(
      ports.limits.take('login-address', actor.address),
      ports.limits.take('login-account', foldName(name)),
    )
    if (wait > 0) return refuse('rate_limited', 'Too many attempts. Wait a little.', wait)
  }
  const account = await ports.store.userByName(name)
  const right = await ports.passwords.verify(password, account?.passwordHash)
  if (!account || !right) return wrong
  if (account.banned) return refuse('forbidden', 'This account is banned.')
  return { answer: await beginSession(ports, account) }
}
