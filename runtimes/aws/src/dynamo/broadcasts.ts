import type { Broadcast } from '@parley/protocol'
import type { Context } from './context.ts'
import type { Key } from './items.ts'
import { broadcastsPartition } from './keys.ts'

export type BroadcastItem = Key & Broadcast

export const broadcastItem = ({ id, from, text, at }: Broadcast): BroadcastItem => ({
  pk: broadcastsPartition,
  sk: `${at}#${id}`,
  id,
  from,
  text,
  at,
})

export const broadcastOf = ({ id, from, text, at }: BroadcastItem): Broadcast => ({ id, from, text, at })

export const addBroadcast = async ({ items }: Context, broadcast: Broadcast): Promise<void> => {
  await items.put(broadcastItem(broadcast))
}

export const latestBroadcast = async (
  { items }: Context,
  from: string,
  until: string,
): Promise<Broadcast | undefined> => {
  if (from > until) return undefined
  const range = { pk: broadcastsPartition, between: [from, `${until}~`] as const, descending: true, limit: 1 }
  const item = (await items.query<BroadcastItem>(range)).items[0]
  return item && broadcastOf(item)
}
