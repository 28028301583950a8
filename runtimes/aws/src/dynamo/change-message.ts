import { type ChangeRefused, changedStored, type MessageChange, type StoredMessage, Unavailable } from '@parley/core'
import type { MessageId, RoomId } from '@parley/protocol'
import { type StoreContext, triesMax } from './context.ts'
import { absent, exists } from './expression.ts'
import { entryOfId } from './find-message.ts'
import { logKey } from './keys.ts'
import { type Entry, isPatch, type MessageEntry, type PatchEntry, storedOf } from './log-entry.ts'
import { lookAt, settled } from './look.ts'
import { applyPatch, patchAfter, writePatch } from './patch.ts'
import { forgetStream, noteStream } from './streams.ts'
import { forgetVariants } from './variants.ts'

type Changed = { stored: StoredMessage; changed: boolean } | ChangeRefused

/** Forgets the texts that a deleted message had before it was changed. Only replies, which bots make, have variants. */
const forgetTexts = async (context: StoreContext, room: RoomId, entry: MessageEntry): Promise<void> => {
  const { items } = context
  if (entry.from.kind === 'bot') await forgetVariants(context, room, entry.id)
  if (!entry.edits) return
  await Promise.all(
    entry.edits.map((rev) => {
      const change: MessageChange = { kind: 'edit', text: '', at: entry.at }
      return items.update(logKey(room, rev), { set: { change } }, exists('pk'))
    }),
  )
  await items.update(logKey(room, entry.seq), { remove: ['edits'] }, exists('pk'))
}

/** Puts the patch at the end of the log, which decides, and sees to it that it is applied. `undefined`: another was faster. */
const decide = async (
  { items }: StoreContext,
  room: RoomId,
  entry: MessageEntry,
  patch: PatchEntry,
  next: MessageEntry,
): Promise<MessageEntry | undefined> => {
  if (await items.put(patch, absent('pk'))) {
    const written = await writePatch(items, room, entry, patch)
    if (written) return written
  } else {
    const there = await items.get<Entry>(logKey(room, patch.rev))
    if (!there || !isPatch(there) || there.token !== patch.token) return undefined
    await applyPatch(items, room, patch)
  }
  if (!patch.live) return next
  // Another has applied it, to a text that may have grown.
  const stands = await items.get<MessageEntry>(logKey(room, entry.seq))
  return stands?.rev === patch.rev ? stands : next
}

/**
 * Two writes: the patch, and then the message itself, which any later writer does in the place of one who died between.
 * Where a making of a reply begins or ends with it, that is noted before or after. `undefined`: another was faster.
 */
const write = async (
  context: StoreContext,
  room: RoomId,
  entry: MessageEntry,
  { patch, next }: ReturnType<typeof patchAfter>,
): Promise<Changed | undefined> => {
  const { heads, growing } = context
  const isOtherRun = next.run !== entry.run
  if (isOtherRun && next.run !== undefined) await noteStream(context, room, next.seq, next.run)
  const stands = await decide(context, room, entry, patch, next)
  if (!stands) return undefined
  const { rev, n, newestSeq, newestAt } = patch
  heads.remember(room, { rev, n, newestSeq, newestAt })
  growing.remember(room, stands)
  if (isOtherRun && entry.run !== undefined) await forgetStream(context, room, entry.seq, entry.run)
  if (patch.change.kind === 'delete') await forgetTexts(context, room, stands)
  return { stored: storedOf(room, stands), changed: true }
}

const change = async (context: StoreContext, room: RoomId, id: MessageId, what: MessageChange): Promise<Changed> => {
  const { heads, token, pause } = context
  const own = token()
  let known = heads.recall(room)
  for (let attempt = 0; attempt < triesMax; attempt += 1) {
    const seen = known ?? (await lookAt(context, room)).head
    const head = await settled(context, room, seen)
    const entry = await entryOfId(context, room, id)
    const next = entry ? changedStored(storedOf(room, entry), what, head.rev + 1) : 'missing'
    if (entry && typeof next === 'object') {
      const done = await write(context, room, entry, patchAfter(room, head, entry, what, own))
      if (done) return done
      await pause(attempt)
    } else if (!known) {
      if (typeof next === 'string') return next
      if (entry) {
        if (what.kind === 'delete') await forgetTexts(context, room, entry)
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
