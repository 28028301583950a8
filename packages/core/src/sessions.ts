import type { UserId } from '@parley/protocol'
import type { SessionId } from './actor.ts'
import type { Bearer, SignedIn } from './answer.ts'
import type { Ports } from './ports/ports.ts'
import type { Account, Session } from './ports/records.ts'
import { type Refusal, refuse, tooMuch } from './refusal.ts'
import { refusals } from './refusals.ts'
import { instant, self } from './shapes.ts'

const gone = refuse('unauthorized', 'This session has ended. Sign in again.')

const signed = async (
  ports: Ports,
  account: Account,
  session: SessionId,
  forMs = ports.settings.tokenMs,
): Promise<SignedIn> => {
  const issuedAt = Math.floor(ports.clock.now() / 1000)
  const expiresAt = issuedAt + Math.floor(forMs / 1000)
  const token = await ports.tokens.sign({ user: account.id, session, issuedAt, expiresAt })
  return { token, expiresAt: instant(expiresAt * 1000), user: self(account) }
}

/**
 * Begins a session of an account that has shown who it is. Undefined where its password was changed or it was banned
 * meanwhile: whoever did that has ended all sessions there were, and this one shall not be left over.
 */
export const beginSession = async (ports: Ports, account: Account): Promise<SignedIn | undefined> => {
  const session = await beginBareSession(ports, account)
  return session && signed(ports, account, session.id)
}

/** The same without a token. */
export const beginBareSession = async (ports: Ports, account: Account): Promise<Session | undefined> => {
  const begun = ports.clock.now()
  const session: Session = {
    id: ports.ids.uuid() as SessionId,
    user: account.id,
    createdAt: instant(begun),
    expiresAt: instant(begun + ports.settings.sessionMs),
  }
  await ports.store.addSession(session)
  const now = await ports.store.user(account.id)
  if (now && !now.banned && now.passwordHash === account.passwordHash) return session
  await ports.store.endSession(session.id)
  return undefined
}

/** Begins a session of a bot, whose token lasts as long as the session. */
export const beginBotSession = async (ports: Ports, account: Account): Promise<SignedIn> => {
  const begun = ports.clock.now()
  const id = ports.ids.uuid() as SessionId
  const lasts = ports.settings.botTokenMs
  await ports.store.addSession({
    id,
    user: account.id,
    createdAt: instant(begun),
    expiresAt: instant(begun + lasts),
  })
  return signed(ports, account, id, lasts)
}

/** Whose token this is, while its session lasts and its account is not banned; `expired` lets an old token do. */
const bearerOf = async (
  ports: Ports,
  token: string,
  { expired }: { readonly expired: boolean },
): Promise<{ readonly session: Session; readonly account: Account } | Refusal> => {
  const claims = await ports.tokens.verify(token)
  const now = ports.clock.now()
  if (!claims) return refusals.signIn
  if (!expired && claims.expiresAt * 1000 <= now) return refuse('unauthorized', 'This token has expired. Renew it.')
  const session = await ports.store.session(claims.session as SessionId)
  if (!session || session.user !== claims.user || Date.parse(session.expiresAt) <= now) return gone
  const account = await ports.store.user(session.user)
  if (!account) return gone
  return account.banned ? refusals.banned : { session, account }
}

export const authenticateToken = async (ports: Ports, token: string): Promise<Bearer | Refusal> => {
  const bearer = await bearerOf(ports, token, { expired: false })
  if ('refused' in bearer) return bearer
  const { id, user, expiresAt } = bearer.session
  return { session: id, user, expiresAt }
}

/** A new token for a session, which from now on lasts its full length again. */
export const renewToken = async (ports: Ports, token: string): Promise<SignedIn | Refusal> => {
  const bearer = await bearerOf(ports, token, { expired: true })
  if ('refused' in bearer) return bearer
  const wait = ports.limits.take('user', bearer.account.id)
  if (wait > 0) return tooMuch(wait)
  const { sessionMs, tokenMs, botTokenMs } = ports.settings
  const isBot = bearer.account.kind === 'bot'
  const expiresAt = instant(ports.clock.now() + (isBot ? botTokenMs : sessionMs))
  if (!(await ports.store.renewSession(bearer.session.id, expiresAt))) return gone
  return signed(ports, bearer.account, bearer.session.id, isBot ? botTokenMs : tokenMs)
}

/** Whether who opened a connection may still use it: not banned, and the session not ended or run out. */
export const isLive = async (ports: Ports, session: SessionId, user: UserId): Promise<boolean> => {
  const found = await ports.store.session(session)
  return found !== undefined && found.user === user && Date.parse(found.expiresAt) > ports.clock.now()
}
