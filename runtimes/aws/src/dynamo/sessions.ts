import type { Session, SessionId, Ticket } from '@parley/core'
import type { UserId } from '@parley/protocol'
import type { Context } from './context.ts'
import { above, exists } from './expression.ts'
import type { Key } from './items.ts'
import { sessionKey, sessionsKey, ticketKey } from './keys.ts'

/*
 * All sessions of a user are attributes of one item, so that one write ends them all. A session's own item only tells
 * whose it is.
 */

interface SessionItem extends Key {
  readonly user: UserId
}
type Times = Pick<Session, 'createdAt' | 'expiresAt'>
type SessionsItem = Readonly<Record<string, Times | string>>

const mark = 's#'
const attributeOf = (id: SessionId): string => `${mark}${id}`
/** A session that nobody ended is forgotten when its user signs in so long after its end. */
const keptMs = 30 * 86_400_000

const sessionsIn = (item: SessionsItem | undefined): readonly (Times & { readonly id: SessionId })[] =>
  Object.entries(item ?? {}).flatMap(([name, times]) =>
    name.startsWith(mark) && typeof times === 'object' ? [{ ...times, id: name.slice(mark.length) as SessionId }] : [],
  )

const end = async ({ items }: Context, user: UserId, ids: readonly SessionId[]): Promise<void> => {
  if (ids.length === 0) return
  await items.update(sessionsKey(user), { remove: ids.map(attributeOf) }, exists('pk'))
  await items.removeAll(ids.map(sessionKey))
}

export const addSession = async (context: Context, { id, user, createdAt, expiresAt }: Session): Promise<void> => {
  const { items } = context
  await items.put({ ...sessionKey(id), user } as SessionItem)
  const times: Times = { createdAt, expiresAt }
  const all = await items.update<SessionsItem>(sessionsKey(user), { set: { [attributeOf(id)]: times } })
  const longAgo = new Date(Date.parse(createdAt) - keptMs).toISOString()
  const forgotten = sessionsIn(all as SessionsItem).filter((one) => one.expiresAt < longAgo)
  await end(
    context,
    user,
    forgotten.map((one) => one.id),
  )
}

export const findSession = async ({ items }: Context, id: SessionId): Promise<Session | undefined> => {
  const owner = await items.get<SessionItem>(sessionKey(id))
  const all = owner && (await items.get<SessionsItem>(sessionsKey(owner.user)))
  const found = sessionsIn(all).find((one) => one.id === id)
  return owner && found && { id, user: owner.user, createdAt: found.createdAt, expiresAt: found.expiresAt }
}

export const renewSession = async (context: Context, id: SessionId, expiresAt: string): Promise<boolean> => {
  const session = await findSession(context, id)
  if (!session) return false
  const name = attributeOf(id)
  const set = { [name]: { createdAt: session.createdAt, expiresAt } }
  return (await context.items.update(sessionsKey(session.user), { set }, exists(name))) !== undefined
}

export const endSession = async (context: Context, id: SessionId): Promise<void> => {
  const owner = await context.items.get<SessionItem>(sessionKey(id))
  if (owner) await end(context, owner.user, [id])
}

export const endSessionsOf = async (
  context: Context,
  user: UserId,
  but?: { readonly except: SessionId },
): Promise<readonly SessionId[]> => {
  const all = await context.items.get<SessionsItem>(sessionsKey(user))
  const ids = sessionsIn(all)
    .map(({ id }) => id)
    .filter((id) => id !== but?.except)
  await end(context, user, ids)
  return ids
}

interface TicketItem extends Key, Ticket {
  readonly expires: number
}

export const addTicket = async ({ items }: Context, ticket: Ticket): Promise<void> => {
  const expires = Math.ceil(Date.parse(ticket.expiresAt) / 1000)
  await items.put({ ...ticketKey(ticket.hash), ...ticket, expires } as TicketItem)
}

/** One conditional delete. A ticket that came too late is left to its time to live. */
export const redeemTicket = async ({ items }: Context, hash: string, now: string): Promise<Ticket | undefined> => {
  const item = await items.remove<TicketItem>(ticketKey(hash), above('expiresAt', now))
  return item && { hash: item.hash, user: item.user, session: item.session, expiresAt: item.expiresAt }
}
