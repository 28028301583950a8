import type { UserId } from '@parley/protocol'
import type { Execute } from '../outcome.ts'
import { refuse } from '../refusal.ts'
import { refusals } from '../refusals.ts'
import { beginSession } from '../sessions.ts'
import { instant } from '../shapes.ts'

/** Lets somebody in without an account, under a name that no account has. */
export const beGuest: Execute<'be-guest'> = async (ports, actor, { name }) => {
  if (actor.kind !== 'nobody' || !actor.mayBeGuest) {
    return refuse('forbidden', 'Guests are not allowed here. Sign in with an account.')
  }
  const wait = ports.limits.take('guest', actor.address)
  if (wait > 0) return refuse('rate_limited', 'Too many guests from your address. Wait a little.', wait)
  const account = {
    id: ports.ids.uuid() as UserId,
    name,
    kind: 'guest',
    role: 'guest',
    banned: false,
    createdAt: instant(ports.clock.now()),
  } as const
  const added = await ports.store.addUser(account)
  if (added === 'taken') return refusals.guestNameTaken
  const session = await beginSession(ports, account)
  return session ? { answer: session } : refusals.banned
}
