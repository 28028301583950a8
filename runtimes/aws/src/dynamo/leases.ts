import type { ConnectionId, RoomId, UserId } from '@parley/protocol'
import {
  attributeOf,
  expiryOf,
  type HearsItem,
  type LiveItem,
  type OwnConnection,
  ownConnections,
  type PresentItem,
} from './connection-items.ts'
import type { Context } from './context.ts'
import { exists } from './expression.ts'
import { liveKey, presentKey } from './keys.ts'

export const isAlive = (live: LiveItem | undefined, now: number): live is LiveItem =>
  live !== undefined && live.leaseUntil >= now

/** Those of the connections that are alive. */
const livingOf = async ({ items, now }: Context, ids: readonly ConnectionId[]) => {
  const found = await items.getMany<LiveItem>(ids.map(liveKey))
  return new Map(found.filter((live) => isAlive(live, now())).map((live) => [live.sk as ConnectionId, live]))
}

/**
 * Those who hear a room and are alive. A renewal is not written into every room's row: a row whose copy of the lease has
 * run out is compared with the truth, and gets the new lease, which then lasts for all messages until that ends.
 */
export const livingHearers = async (
  context: Context,
  room: RoomId,
  rows: readonly HearsItem[],
): Promise<readonly HearsItem[]> => {
  const { items, now } = context
  const doubtful = rows.filter(({ until }) => until < now())
  if (doubtful.length === 0) return rows
  const living = await livingOf(
    context,
    doubtful.map(({ id }) => id),
  )
  const heard = new Set<ConnectionId>()
  await Promise.all(
    doubtful.map(async (row) => {
      const live = living.get(row.id)
      if (!live?.greeted || !live.rooms?.has(room)) return
      heard.add(row.id)
      const { leaseUntil } = live
      await items.update(row, { set: { until: leaseUntil, expires: expiryOf(leaseUntil) } }, exists('pk'))
    }),
  )
  return rows.filter((row) => row.until >= now() || heard.has(row.id))
}

/** The connections of a user that are alive, greeted or not. */
export const livingOwn = async (
  context: Context,
  user: UserId,
  item: PresentItem | undefined,
): Promise<ReadonlyMap<ConnectionId, OwnConnection>> => {
  const { items, now } = context
  const all = ownConnections(item)
  const doubtful = [...all].filter(([, { until }]) => until < now())
  if (doubtful.length === 0) return all
  const living = await livingOf(
    context,
    doubtful.map(([id]) => id),
  )
  const result = new Map(all)
  await Promise.all(
    doubtful.map(async ([id, own]) => {
      const live = living.get(id)
      if (!live) return result.delete(id)
      const renewed = { ...own, greeted: live.greeted, until: live.leaseUntil }
      result.set(id, renewed)
      await items.update(presentKey(user), { set: { [attributeOf(id)]: renewed } }, exists(attributeOf(id)))
    }),
  )
  return result
}
