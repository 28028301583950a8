import type { Connection, Departure } from '@parley/core'
import type { ConnectionId, RoomId, UserId } from '@parley/protocol'
import {
  attributeOf,
  expiryOf,
  hearsItem,
  type LiveItem,
  liveConnection,
  type OwnConnection,
  ownConnections,
  ownOf,
  type PresentItem,
} from './connection-items.ts'
import type { Context } from './context.ts'
import { atLeast, exists } from './expression.ts'
import type { Key } from './items.ts'
import { hearsKey, liveKey, presentKey, socketKey } from './keys.ts'
import { isAlive, livingOwn } from './leases.ts'
import { noteEnd, noteStart } from './records.ts'

interface SocketItem extends Key {
  readonly user: UserId
  readonly expires: number
}

/** Whose connections those of a session are: written once, and again when the session lasts longer than it was known to. */
const noteSession = async ({ items }: Context, { session, user, expiresAt }: Connection): Promise<void> => {
  const known = await items.get<SocketItem>(socketKey(session))
  const expires = expiryOf(Date.parse(expiresAt))
  if (!known || known.expires < expires) await items.put({ ...socketKey(session), user, expires } as SocketItem)
}

export const userOfSession = async ({ items }: Context, session: string): Promise<UserId | undefined> =>
  (await items.get<SocketItem>(socketKey(session)))?.user

/** Whether a user has more connections that are alive than it may, by the item of them. */
export const hasMore = async (
  context: Context,
  user: UserId,
  item: PresentItem | undefined,
  atMost: number,
): Promise<boolean> => ownConnections(item).size > atMost && (await livingOwn(context, user, item)).size > atMost

/**
 * The live item comes first: whatever else is missing when this dies, the end of the lease brings it to its closing. Each
 * of many that come at once sees in the user's item itself and those before it, so just those beyond the limit go.
 */
export const openConnection = async (
  context: Context,
  connection: Connection,
  at: string,
  leaseUntil: number,
  atMost: number,
): Promise<boolean> => {
  const { items } = context
  const { id, user } = connection
  const live = liveConnection(liveKey(id), connection, at, leaseUntil)
  await items.put(live)
  const [present] = await Promise.all([
    items.update<PresentItem>(presentKey(user), { set: { [attributeOf(id)]: ownOf(live), expires: live.expires } }),
    noteSession(context, connection),
    noteStart(context, id, live),
  ])
  if (!(await hasMore(context, user, present as PresentItem, atMost))) return true
  await closeConnection(context, id, at)
  return false
}

/** Whether a user has a greeted connection that is alive, besides one. */
const hasOther = (own: ReadonlyMap<ConnectionId, OwnConnection>, id: ConnectionId): boolean =>
  [...own].some(([other, { greeted }]) => greeted && other !== id)

/**
 * The one item of a user's connections puts all comings and goings of the user into one order: so of two that come at
 * once the earlier is the first, and of two that go the later is the last.
 */
export const enterConnection = async (
  context: Context,
  id: ConnectionId,
  rooms: readonly RoomId[],
): Promise<{ readonly first: boolean }> => {
  const { items, now } = context
  const changes = { set: { greeted: true }, add: { rooms } }
  const live = (await items.update<LiveItem>(liveKey(id), changes, atLeast('leaseUntil', now()))) as
    | LiveItem
    | undefined
  if (!live) return { first: false }
  const heard = [...(live.rooms ?? [])]
  await items.putAll(heard.map((room) => hearsItem(room, id, live)))
  const name = attributeOf(id)
  const before = await items.update<PresentItem>(
    presentKey(live.user),
    { set: { [name]: ownOf(live) } },
    exists(name),
    'ALL_OLD',
  )
  // Who closed the connection meanwhile, or took a room from it, may have come before the rows were there.
  const after = await items.get<LiveItem>(liveKey(id))
  await items.removeAll(heard.filter((room) => !after?.rooms?.has(room)).map((room) => hearsKey(room, live.user, id)))
  if (!before) return { first: false }
  return { first: !hasOther(await livingOwn(context, live.user, before as PresentItem), id) }
}

/** The live item goes last: as long as it is there, the closing is not done, and is done again when the lease has run out. */
export const closeConnection = async (
  context: Context,
  id: ConnectionId,
  at: string,
): Promise<Departure | undefined> => {
  const { items } = context
  const live = await items.get<LiveItem>(liveKey(id))
  if (!live) return undefined
  const { user, dialect, bag, greeted } = live
  const [, left] = await Promise.all([
    items.removeAll([...(live.rooms ?? [])].map((room) => hearsKey(room, user, id))),
    items.update<PresentItem>(presentKey(user), { remove: [attributeOf(id)] }, exists('pk')),
    noteEnd(context, id, live, at),
  ])
  const last = !hasOther(await livingOwn(context, user, left as PresentItem | undefined), id)
  if (!(await items.remove<LiveItem>(liveKey(id)))) return undefined
  return { user, dialect, ...(bag !== undefined && { bag }), greeted, last }
}

export const stateOf = async ({ items, now }: Context, id: ConnectionId): Promise<'open' | 'greeted' | undefined> => {
  const live = await items.get<LiveItem>(liveKey(id))
  return isAlive(live, now()) ? (live.greeted ? 'greeted' : 'open') : undefined
}

export const renewLease = async ({ items, now }: Context, id: ConnectionId, leaseUntil: number): Promise<void> => {
  const set = { leaseUntil, expires: expiryOf(leaseUntil) }
  await items.update(liveKey(id), { set }, atLeast('leaseUntil', now()))
}
