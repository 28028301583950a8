import { createHash } from 'node:crypto'
import type { UserId } from '@parley/protocol'
import { mayChangeAccount, onServerOrSystem } from '../access.ts'
import type { Actor } from '../actor.ts'
import { newAccount } from '../new-account.ts'
import type { Execute } from '../outcome.ts'
import type { Ports } from '../ports/ports.ts'
import type { Account } from '../ports/records.ts'
import { isRefusal, type Refusal, refuse, tooMuch } from '../refusal.ts'
import { refusals } from '../refusals.ts'
import { beginSession } from '../sessions.ts'
import { instant } from '../shapes.ts'

/** Whoever becomes the first owner by the link has this id, so that there is one; also when two come at once. */
const firstOwnerId = '00000000-0000-4000-8000-0000000000a1' as UserId
const firstOwnerMark = 'first-owner'

const worthless = refuse('unauthorized', 'This link was used already, or its time is over. Ask for another one.')

const signed = async (ports: Ports, user: string, session: string) => {
  const issuedAt = Math.floor(ports.clock.now() / 1000)
  const expiresAt = issuedAt + Math.floor(ports.settings.linkMs / 1000)
  const secret = await ports.tokens.sign({ user, session, issuedAt, expiresAt })
  return { secret, expiresAt: instant(expiresAt * 1000) }
}

/** Changes with the password: who has chosen one by a link cannot do it again by the same. */
const markOf = ({ id, passwordHash = '' }: Account): string =>
  `link:${createHash('sha256').update(`${id} ${passwordHash}`).digest('hex')}`

const attempt = (ports: Ports, actor: Actor): Refusal | undefined => {
  const wait = actor.kind === 'nobody' ? ports.limits.take('login-address', actor.address) : 0
  return wait > 0 ? tooMuch(wait) : undefined
}

const claimsOf = async (ports: Ports, secret: string) => {
  const claims = await ports.tokens.verify(secret)
  return claims && claims.expiresAt * 1000 > ports.clock.now() ? claims : undefined
}

/** A link by which somebody chooses a password without knowing the old one, once. */
export const makePasswordLink: Execute<'make-password-link'> = async (ports, actor, { user }) => {
  const by = await onServerOrSystem(ports, actor, 'administer')
  if (isRefusal(by)) return by
  const target = await ports.store.user(user)
  if (target?.kind !== 'person') return refusals.noAccount
  const refusal = mayChangeAccount(by, target, false)
  return refusal ?? { answer: await signed(ports, target.id, markOf(target)) }
}

/** Takes the password that was chosen by a link, and signs in. What was open by the old one is closed. */
export const usePasswordLink: Execute<'use-password-link'> = async (ports, actor, { secret, password }) => {
  const refusal = attempt(ports, actor)
  if (refusal) return refusal
  const claims = await claimsOf(ports, secret)
  const account = claims && (await ports.store.user(claims.user as UserId))
  if (!claims || !account || claims.session !== markOf(account)) return worthless
  if (account.banned) return refusals.banned
  const changed = await ports.store.changeUser(account.id, { passwordHash: await ports.passwords.hash(password) })
  if (!changed || changed === 'taken') return worthless
  const ended = await ports.store.endSessionsOf(account.id)
  const session = await beginSession(ports, changed)
  if (!session) return worthless
  return { answer: session, events: ended.map((one) => ({ type: 'session-ended', session: one })) }
}

const hasOwner = async (ports: Ports): Promise<boolean> => {
  for (let after: UserId | undefined; ; ) {
    const page = await ports.store.accounts({ ...(after && { after }), limit: 100 })
    if (page.some(({ role }) => role === 'owner')) return true
    after = page.at(-1)?.id
    if (page.length < 100) return false
  }
}

/** The link by which the first owner is made; refused where there is an owner. */
export const offerOwnership: Execute<'offer-ownership'> = async (ports, actor) => {
  if (actor.kind !== 'system') return refusals.systemOnly
  if (await hasOwner(ports)) return refuse('conflict', 'There is an owner already.')
  return { answer: await signed(ports, firstOwnerMark, firstOwnerMark) }
}

/** Makes the first owner, and signs in. */
export const becomeOwner: Execute<'become-owner'> = async (ports, actor, { secret, name, password }) => {
  const refusal = attempt(ports, actor)
  if (refusal) return refusal
  const claims = await claimsOf(ports, secret)
  // Looked for before the owners: whoever is first meanwhile is either seen as one, or has taken the id.
  const isTaken = (await ports.store.user(firstOwnerId)) !== undefined
  if (claims?.session !== firstOwnerMark || (await hasOwner(ports))) return worthless
  const passwordHash = await ports.passwords.hash(password)
  const owner = { name, kind: 'person', role: 'owner', passwordHash } as const
  const account = newAccount(ports, isTaken ? owner : { ...owner, id: firstOwnerId })
  if ((await ports.store.addUser(account)) === 'taken') return refusals.nameTaken
  const session = await beginSession(ports, account)
  return session ? { answer: session } : worthless
}
