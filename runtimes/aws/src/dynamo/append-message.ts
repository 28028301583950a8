import { type Draft, type StoredMessage, Unavailable } from '@parley/core'
import type { RoomId, UserId } from '@parley/protocol'
import { type StoreContext, triesMax } from './context.ts'
import { absent, equal } from './expression.ts'
import { type Head, headOf } from './heads.ts'
import type { Key } from './items.ts'
import { logKey, placeKey } from './keys.ts'
import { type Entry, entryOf, isPatch, type MessageEntry, storedOf } from './log-entry.ts'
import { lookAt, settled } from './look.ts'
import { asTheyStand } from './patch.ts'
import { noteSpeaker } from './speakers.ts'
import { noteStream } from './streams.ts'

/** Where in the log the message of an id is, or will be if its place is not taken by another one before. */
export interface Place extends Key {
  readonly seq: number
  readonly from: UserId
}

/** The room's head, settled. Rejects when there is no such room: the callers have looked. */
const headToAddTo = async (context: StoreContext, room: RoomId): Promise<Head> => {
  const { facts, head } = await lookAt(context, room)
  if (!facts) throw new Error(`there is no room ${room}`)
  return settled(context, room, head)
}

/** Says, before the message is in the log, where it will be. Who finds that said already goes by it. */
const claimPlace = async ({ items }: StoreContext, { room, id, from }: Draft, seq: number): Promise<Place> => {
  const place = { ...placeKey(room, id), seq, from: from.id }
  if (await items.put(place, absent('pk'))) return place
  return (await items.get<Place>(place)) ?? place
}

/** Another message has taken the place: moves on. Who moved it first decides where to. */
const movePlace = async ({ items }: StoreContext, place: Place, seq: number): Promise<Place> => {
  const moved = await items.update<Place>(place, { set: { seq } }, equal('seq', place.seq))
  return moved ? { ...place, seq } : ((await items.get<Place>(place)) ?? place)
}

const repeated = async (context: StoreContext, draft: Draft, seq: number) => {
  const { head } = await lookAt(context, draft.room)
  const entry = await context.items.get<MessageEntry>(logKey(draft.room, seq))
  if (!entry) throw new Error(`there is no entry ${seq} in the log of ${draft.room}`)
  const [stored = storedOf(draft.room, entry)] = await asTheyStand(context, draft.room, [entry], head.patch)
  return { stored, repeated: true }
}

/**
 * Two writes: the place of the id, then the message in the log if that place is free. An id is put into the log only where
 * its place says, and the place moves only after the old one was taken by another id, which is for ever; so however many
 * send an id at once, and wherever they die, it is in the log once, and nobody has to look for it beforehand.
 */
const append = async (
  context: StoreContext,
  draft: Draft,
): Promise<{ stored: StoredMessage; repeated: boolean } | 'conflict'> => {
  const { items, heads, growing } = context
  const { room, id } = draft
  const known = heads.recall(room)
  let head = known ? await settled(context, room, known) : await headToAddTo(context, room)
  let place = await claimPlace(context, draft, head.rev + 1)
  for (let attempt = 0; attempt < triesMax; attempt += 1) {
    if (place.from !== draft.from.id) return 'conflict'
    if (place.seq === head.rev + 1) {
      const entry = entryOf(draft, place.seq, head.n, head.newestAt)
      if (entry.run !== undefined) await noteStream(context, room, entry.seq, entry.run)
      if (await items.put(entry, absent('pk'))) {
        heads.remember(room, headOf(entry))
        growing.remember(room, entry)
        return { stored: storedOf(room, entry), repeated: false }
      }
    }
    if (place.seq <= head.rev) {
      const there = await items.get<Entry>(logKey(room, place.seq))
      if (there && !isPatch(there) && there.id === id) return repeated(context, draft, place.seq)
      place = await movePlace(context, place, head.rev + 1)
    } else {
      await context.pause(attempt)
      head = await headToAddTo(context, room)
    }
  }
  throw new Unavailable('busy')
}

export const appendMessage = async (context: StoreContext, draft: Draft) => {
  await noteSpeaker(context, draft.room, draft.from.id)
  return context.inTurn(draft.room, () => append(context, draft))
}
