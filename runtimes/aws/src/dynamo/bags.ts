import type { ConnectionId } from '@parley/protocol'
import { attributeOf, hearsItem, type LiveItem, ownOf } from './connection-items.ts'
import type { Context } from './context.ts'
import { atLeast, exists } from './expression.ts'
import { hearsKey, liveKey, presentKey } from './keys.ts'
import { isAlive } from './leases.ts'

/** Writes the copies of a bag, until they are as the truth is: of rivals the last to write sees what the others kept. */
const copyBag = async (context: Context, id: ConnectionId, live: LiveItem): Promise<void> => {
  const { items } = context
  const heard = live.greeted ? [...(live.rooms ?? [])] : []
  const name = attributeOf(id)
  await Promise.all([
    items.putAll(heard.map((room) => hearsItem(room, id, live))),
    items.update(presentKey(live.user), { set: { [name]: ownOf(live) } }, exists(name)),
  ])
  const after = await items.get<LiveItem>(liveKey(id))
  // Who closed the connection meanwhile, or took a room from it, may have come before the rows were there.
  await items.removeAll(heard.filter((room) => !after?.rooms?.has(room)).map((room) => hearsKey(room, live.user, id)))
  if (after && (after.bag !== live.bag || after.greeted !== live.greeted)) await copyBag(context, id, after)
}

export const keepBag = async (context: Context, id: ConnectionId, bag: string): Promise<void> => {
  const { items, now } = context
  const live = await items.update<LiveItem>(liveKey(id), { set: { bag } }, atLeast('leaseUntil', now()))
  if (live) await copyBag(context, id, live as LiveItem)
}

export const bagOf = async ({ items, now }: Context, id: ConnectionId): Promise<string | undefined> => {
  const live = await items.get<LiveItem>(liveKey(id))
  return isAlive(live, now()) ? live.bag : undefined
}
