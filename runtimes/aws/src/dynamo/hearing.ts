import type { Target } from '@parley/core'
import type { ConnectionId, RoomId, UserId } from '@parley/protocol'
import {
  type HearsItem,
  hearsItem,
  type LiveItem,
  ownConnections,
  type PresentItem,
  targetOf,
} from './connection-items.ts'
import type { Context } from './context.ts'
import { atLeast, exists } from './expression.ts'
import { hearsKey, hearsPartition, liveKey, presentKey } from './keys.ts'
import { livingHearers } from './leases.ts'

const connectionsOf = async ({ items }: Context, user: UserId): Promise<readonly ConnectionId[]> => [
  ...ownConnections(await items.get<PresentItem>(presentKey(user))).keys(),
]

/** Writes the row, and takes it back if the connection was closed or left the room before it was there. */
const hear = async ({ items }: Context, id: ConnectionId, room: RoomId, live: LiveItem): Promise<void> => {
  await items.put(hearsItem(room, id, live))
  const after = await items.get<LiveItem>(liveKey(id))
  if (!after?.rooms?.has(room)) await items.remove(hearsKey(room, live.user, id))
}

export const joinRoom = async (context: Context, user: UserId, room: RoomId): Promise<void> => {
  const { items, now } = context
  const ids = await connectionsOf(context, user)
  await Promise.all(
    ids.map(async (id) => {
      const live = await items.update<LiveItem>(liveKey(id), { add: { rooms: [room] } }, atLeast('leaseUntil', now()))
      if (live?.greeted) await hear(context, id, room, live as LiveItem)
    }),
  )
}

export const leaveRoom = async (context: Context, user: UserId, room: RoomId): Promise<void> => {
  const { items } = context
  const ids = await connectionsOf(context, user)
  await Promise.all(ids.map((id) => items.update(liveKey(id), { take: { rooms: [room] } }, exists('pk'))))
  for await (const rows of items.pages<HearsItem>({ pk: hearsPartition(room), prefix: `${user}#` })) {
    await items.removeAll(rows)
  }
}

/** One query, of one read unit for some thirty connections. */
export const hearersOf = async (context: Context, room: RoomId, atMost?: number): Promise<readonly Target[]> => {
  const targets: Target[] = []
  const limit = atMost === undefined ? {} : { limit: atMost + 1 }
  for await (const rows of context.items.pages<HearsItem>({ pk: hearsPartition(room), ...limit })) {
    for (const row of await livingHearers(context, room, rows)) targets.push(targetOf(row.id, row))
    if (atMost !== undefined && targets.length > atMost) return []
  }
  return targets
}
