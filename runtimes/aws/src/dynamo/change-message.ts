import { type ChangeRefused, changedMessage, type MessageChange, type StoredMessage, Unavailable } from '@parley/core'
import type { Message, MessageId, RoomId } from '@parley/protocol'
import type { Place } from './append-message.ts'
import { type StoreContext, triesMax } from './context.ts'
import { absent, below, exists } from './expression.ts'
import type { Head } from './heads.ts'
import { logKey, placeKey } from './keys.ts'
import { type Entry, isPatch, type MessageEntry, type PatchEntry, storedOf, withMessage } from './log-entry.ts'
import { applyPatch, lookAt, settled } from './look.ts'

type Changed = { stored: StoredMessage; changed: boolean } | ChangeRefused

/** The entry of an id, if the message is in the log. What it says is complete up to any head that was settled before. */
const entryOfId = async ({ items }: StoreContext, room: RoomId, id: MessageId): Promise<MessageEntry | undefined> => {
  const place = await items.get<Place>(placeKey(room, id))
  const entry = place && (await items.get<Entry>(logKey(room, place.seq)))
  return entry && !isPatch(entry) && entry.id === id ? entry : undefined
}

/** Forgets the texts that a deleted message had before it was edited. */
const forgetEdits = async ({ items }: StoreContext, room: RoomId, entry: MessageEntry): Promise<void> => {
  if (!entry.edits) return
  await Promise.all(
    entry.edits.map((rev) => {
      const change: MessageChange = { kind: 'edit', text: '', at: entry.at }
      return items.update(logKey(room, rev), { set: { change } }, exists('pk'))
    }),
  )
  await items.update(logKey(room, entry.seq), { remove: ['edits'] }, exists('pk'))
}

const patchOf = (room: RoomId, head: Head, entry: MessageEntry, change: MessageChange, token: string): PatchEntry => ({
  ...logKey(room, head.rev + 1),
  rev: head.rev + 1,
  of: entry.seq,
  change,
  n: head.n,
  newestSeq: head.newestSeq,
  newestAt: head.newestAt ?? entry.at,
  token,
})

/**
 * Two writes: the patch at the end of the log, which decides, and then the message itself, which any later writer does in
 * the place of one who died between. `undefined`: another was faster.
 */
const write = async (
  context: StoreContext,
  room: RoomId,
  entry: MessageEntry,
  message: Message,
  patch: PatchEntry,
): Promise<Changed | undefined> => {
  const { items, heads } = context
  const next = withMessage(entry, message, patch)
  if (await items.put(patch, absent('pk'))) await items.put(next, below('rev', patch.rev))
  else {
    const there = await items.get<Entry>(logKey(room, patch.rev))
    if (!there || !isPatch(there) || there.token !== patch.token) return undefined
    await applyPatch(items, room, patch)
  }
  const { rev, n, newestSeq, newestAt } = patch
  heads.remember(room, { rev, n, newestSeq, newestAt })
  if (patch.change.kind === 'delete') await forgetEdits(context, room, next)
  return { stored: storedOf(room, next), changed: true }
}

const change = async (context: StoreContext, room: RoomId, id: MessageId, what: MessageChange): Promise<Changed> => {
  const { heads, token, pause } = context
  const own = token()
  let known = heads.recall(room)
  for (let attempt = 0; attempt < triesMax; attempt += 1) {
    const seen = known ?? (await lookAt(context, room)).head
    const head = await settled(context, room, seen)
    const entry = await entryOfId(context, room, id)
    const message = entry ? changedMessage(storedOf(room, entry).message, what, head.rev + 1) : 'missing'
    if (entry && typeof message === 'object') {
      const done = await write(context, room, entry, message, patchOf(room, head, entry, what, own))
      if (done) return done
      await pause(attempt)
    } else if (!known) {
      if (typeof message === 'string') return message
      if (entry) {
        if (what.kind === 'delete') await forgetEdits(context, room, entry)
        return { stored: storedOf(room, entry), changed: false }
      }
    }
    // What a head from before said is no ground to refuse.
    known = undefined
  }
  throw new Unavailable('busy')
}

export const changeMessage = (context: StoreContext, room: RoomId, id: MessageId, what: MessageChange) =>
  context.inTurn(room, () => change(context, room, id, what))
