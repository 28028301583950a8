import type { StoredMessage } from '@parley/core'
import type { MessageId, RoomId } from '@parley/protocol'
import type { Place } from './append-message.ts'
import type { Context } from './context.ts'
import { logKey, placeKey } from './keys.ts'
import { type Entry, isPatch, type MessageEntry, type PatchEntry, storedOf, withPatch } from './log-entry.ts'
import { lookAt } from './look.ts'

/**
 * The message of an entry as it stands. Every patch in a log but the one at its head has been applied to its message; so
 * who has seen the head first and read the entry then has all, with the head's patch laid over.
 */
export const asItStands = (room: RoomId, entry: MessageEntry, patch: PatchEntry | undefined): StoredMessage =>
  storedOf(room, patch ? withPatch(room, entry, patch) : entry)

export const findMessage = async (
  context: Context,
  room: RoomId,
  id: MessageId,
): Promise<StoredMessage | undefined> => {
  const { items } = context
  const [{ head }, place] = await Promise.all([lookAt(context, room), items.get<Place>(placeKey(room, id))])
  const entry = place && (await items.get<Entry>(logKey(room, place.seq)))
  if (!entry || isPatch(entry) || entry.id !== id) return undefined
  return asItStands(room, entry, head.patch)
}
