import { type Growth, type GrowthRefused, grown, type StoredMessage, Unavailable } from '@parley/core'
import type { MessageId, RoomId } from '@parley/protocol'
import type { Place } from './append-message.ts'
import { type StoreContext, triesMax } from './context.ts'
import { atMost, both, equal } from './expression.ts'
import { entryOfId } from './find-message.ts'
import { logKey, placeKey } from './keys.ts'
import { type MessageEntry, storedOf } from './log-entry.ts'

/**
 * One write, if the entry has the text that is to be lengthened: one of the same making and length. The log is not asked.
 * A patch at its head that is to end this reply has not done so while the entry says that it grows.
 */
const grow = async (
  context: StoreContext,
  room: RoomId,
  id: MessageId,
  growth: Growth,
): Promise<StoredMessage | GrowthRefused> => {
  const { items, growing, pause } = context
  let known = growing.recall(room, id)
  for (let attempt = 0; attempt < triesMax; attempt += 1) {
    const entry = known ?? (await entryOfId(context, room, id))
    const next = entry ? grown(storedOf(room, entry), growth) : 'missing'
    if (entry && typeof next === 'object') {
      const { text } = next.message
      const set = { text, units: text.length, leaseUntil: growth.leaseUntil }
      const asRead = both(equal('run', entry.run), equal('units', entry.units))
      const longer = await items.update<MessageEntry>(logKey(room, entry.seq), { set }, asRead)
      if (longer) {
        growing.remember(room, longer as MessageEntry)
        return storedOf(room, longer as MessageEntry)
      }
      if (!known) await pause(attempt)
    } else if (!known && typeof next === 'string') return next
    // What an entry from before said is no ground to refuse.
    known = undefined
  }
  throw new Unavailable('busy')
}

export const growMessage = (context: StoreContext, room: RoomId, id: MessageId, growth: Growth) =>
  context.inTurn(`${room}\n${id}`, () => grow(context, room, id, growth))

/** A run is that of one message, so nothing need be known of this but where it is. */
export const leaseStream = async (
  { items, growing, token }: StoreContext,
  room: RoomId,
  id: MessageId,
  { run, until, endedBefore }: { readonly run: number; readonly until: string; readonly endedBefore?: string },
): Promise<boolean> => {
  const seq = growing.recall(room, id)?.seq ?? (await items.get<Place>(placeKey(room, id)))?.seq
  if (seq === undefined) return false
  const own = token()
  const key = logKey(room, seq)
  const goesOn = equal('run', run)
  if (endedBefore === undefined) return (await items.update(key, { set: { leaseUntil: until } }, goesOn)) !== undefined
  const claim = { set: { leaseUntil: until, claim: own } }
  if (await items.update(key, claim, both(goesOn, atMost('leaseUntil', endedBefore)))) return true
  return (await items.get<MessageEntry>(key))?.claim === own
}
