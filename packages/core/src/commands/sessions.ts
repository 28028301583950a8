import { onServer } from '../access.ts'
import type { Execute } from '../outcome.ts'
import { isRefusal, refuse } from '../refusal.ts'
import { refusals } from '../refusals.ts'
import { digestOf } from '../secrets.ts'
import { authenticateToken, renewToken } from '../sessions.ts'
import { instant, self } from '../shapes.ts'

export const authenticate: Execute<'authenticate'> = async (ports, _actor, { token }) => {
  const bearer = await authenticateToken(ports, token)
  return isRefusal(bearer) ? bearer : { answer: bearer }
}

export const renew: Execute<'renew'> = async (ports, _actor, { token }) => {
  const renewed = await renewToken(ports, token)
  return isRefusal(renewed) ? renewed : { answer: renewed }
}

/** Ends the session: its tokens are worth nothing from now on, and its sockets are closed. */
export const signOut: Execute<'sign-out'> = async (ports, actor) => {
  if (actor.kind !== 'user') return refusals.signIn
  await ports.store.endSession(actor.session)
  return { answer: null, events: [{ type: 'session-ended', session: actor.session }] }
}

export const whoami: Execute<'whoami'> = async (ports, actor) => {
  const account = await onServer(ports, actor, 'take part')
  return isRefusal(account) ? account : { answer: self(account) }
}

/** Takes another password; whoever is signed in elsewhere by the old one is signed out. */
export const changePassword: Execute<'change-password'> = async (ports, actor, { current, password }) => {
  if (actor.kind !== 'user') return refusals.signIn
  const account = await onServer(ports, actor, 'take part')
  if (isRefusal(account)) return account
  if (account.passwordHash === undefined) return refuse('forbidden', 'This account has no password.')
  const wait = ports.limits.take('login-account', account.id)
  if (wait > 0) return refuse('rate_limited', 'Too many attempts. Wait a little.', wait)
  if (!(await ports.passwords.verify(current, account.passwordHash))) {
    return refuse('forbidden', 'The current password is wrong.')
  }
  await ports.store.changeUser(account.id, { passwordHash: await ports.passwords.hash(password) })
  const ended = await ports.store.endSessionsOf(account.id, { except: actor.session })
  return { answer: null, events: ended.map((session) => ({ type: 'session-ended', session })) }
}

/** A pass for one socket, for clients that cannot send headers on the upgrade. */
export const makeTicket: Execute<'make-ticket'> = async (ports, actor) => {
  if (actor.kind !== 'user') return refusals.signIn
  const ticket = ports.ids.secret()
  const expiresAt = instant(ports.clock.now() + ports.settings.ticketMs)
  const hash = await digestOf(ticket)
  await ports.store.addTicket({ hash, user: actor.user, session: actor.session, expiresAt })
  return { answer: { ticket, expiresAt } }
}

export const redeemTicket: Execute<'redeem-ticket'> = async (ports, _actor, { ticket }) => {
  const now = ports.clock.now()
  const redeemed = await ports.store.redeemTicket(await digestOf(ticket), instant(now))
  if (!redeemed) return refuse('unauthorized', 'This ticket was used already, or its time is over.')
  const session = await ports.store.session(redeemed.session)
  if (!session || Date.parse(session.expiresAt) <= now) return refusals.signIn
  return { answer: { user: redeemed.user, session: session.id, expiresAt: session.expiresAt } }
}
