import type { StoredMessage } from '@parley/core'
import type { MessageId, RoomId } from '@parley/protocol'
import type { Place } from './append-message.ts'
import type { Context, StoreContext } from './context.ts'
import { logKey, placeKey } from './keys.ts'
import { type Entry, isPatch, type MessageEntry, storedOf } from './log-entry.ts'
import { lookAt } from './look.ts'
import { asTheyStand } from './patch.ts'

/** The entry of an id, if the message is in the log. What it says is complete up to any head that was settled before. */
export const entryOfId = async ({ items }: Context, room: RoomId, id: MessageId): Promise<MessageEntry | undefined> => {
  const place = await items.get<Place>(placeKey(room, id))
  const entry = place && (await items.get<Entry>(logKey(room, place.seq)))
  return entry && !isPatch(entry) && entry.id === id ? entry : undefined
}

/**
 * A reply that grows stands as its entry says: whoever saw a patch of it at the head has applied it. So one that this
 * process knows of costs one read.
 */
export const findMessage = async (
  context: StoreContext,
  room: RoomId,
  id: MessageId,
): Promise<StoredMessage | undefined> => {
  const { items, growing } = context
  const known = growing.recall(room, id)
  if (known) {
    const entry = await items.get<MessageEntry>(logKey(room, known.seq))
    growing.remember(room, entry ?? known)
    if (entry?.run !== undefined) return storedOf(room, entry)
  }
  const [{ head }, place] = await Promise.all([lookAt(context, room), items.get<Place>(placeKey(room, id))])
  const entry = place && (await items.get<Entry>(logKey(room, place.seq)))
  if (!entry || isPatch(entry) || entry.id !== id) return undefined
  growing.remember(room, entry)
  return (await asTheyStand(context, room, [entry], head.patch))[0]
}
