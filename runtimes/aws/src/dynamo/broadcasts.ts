import type { Broadcast } from '@parley/protocol'
import type { Context } from './context.ts'
import type { Key } from './items.ts'
import { broadcastsPartition } from './keys.ts'

type BroadcastItem = Key & Broadcast

export const addBroadcast = async ({ items }: Context, broadcast: Broadcast): Promise<void> => {
  const { id, from, text, at } = broadcast
  await items.put({ pk: broadcastsPartition, sk: `${at}#${id}`, id, from, text, at } as BroadcastItem)
}

export const latestBroadcast = async (
  { items }: Context,
  from: string,
  until: string,
): Promise<Broadcast | undefined> => {
  if (from > until) return undefined
  const range = { pk: broadcastsPartition, between: [from, `${until}~`] as const, descending: true, limit: 1 }
  const item = (await items.query<BroadcastItem>(range)).items[0]
  return item && { id: item.id, from: item.from, text: item.text, at: item.at }
}
