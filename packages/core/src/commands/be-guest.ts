import { newAccount } from '../new-account.ts'
import type { Execute } from '../outcome.ts'
import { refuse } from '../refusal.ts'
import { refusals } from '../refusals.ts'
import { beginSession } from '../sessions.ts'

/** Lets somebody in without an account, under a name that no account has. */
export const beGuest: Execute<'be-guest'> = async (ports, actor, { name }) => {
  if (actor.kind !== 'nobody' || !actor.mayBeGuest) {
    return refuse('forbidden', 'Guests are not allowed here. Sign in with an account.')
  }
  const wait = ports.limits.take('guest', actor.address)
  if (wait > 0) return refusals.tooManyGuests(wait)
  const account = newAccount(ports, { name, kind: 'guest', role: 'guest' })
  const added = await ports.store.addUser(account)
  if (added === 'taken') return refusals.guestNameTaken
  const session = await beginSession(ports, account)
  return session ? { answer: session } : refusals.banned
}
