import { changedStored, type MessageChange, type StoredMessage } from '@parley/core'
import type { RoomId } from '@parley/protocol'
import { below, type Changes } from './expression.ts'
import type { Head } from './heads.ts'
import type { Items } from './items.ts'
import { logKey } from './keys.ts'
import { contentsOf, type MessageEntry, type PatchEntry, storedOf } from './log-entry.ts'

/** Whether a patch of this change holds a text of the message. */
const holdsText = (change: MessageChange): boolean =>
  change.kind === 'edit' || change.kind === 'show' || (change.kind === 'end' && change.text !== undefined)

const withStored = (entry: MessageEntry, stored: StoredMessage, patch: PatchEntry): MessageEntry => {
  const { n, origin, edits = [] } = entry
  const revs = holdsText(patch.change) ? [...edits, patch.rev] : edits
  return {
    ...contentsOf(stored),
    n,
    ...(origin !== undefined && { origin }),
    ...(revs.length > 0 && { edits: revs }),
  }
}

/** The entry with a patch of it laid over, unless it has been applied before. */
export const withPatch = (room: RoomId, entry: MessageEntry, patch: PatchEntry): MessageEntry => {
  if (patch.of !== entry.seq || patch.rev <= entry.rev) return entry
  const stored = storedOf(room, entry)
  const changed = changedStored(stored, patch.change, patch.rev)
  const next = typeof changed === 'object' ? changed : { ...stored, message: { ...stored.message, rev: patch.rev } }
  return withStored(entry, next, patch)
}

/** The patch of an entry after a settled head, and what it makes of the entry as that was read. */
export const patchAfter = (
  room: RoomId,
  head: Head,
  entry: MessageEntry,
  change: MessageChange,
  token: string,
): { readonly patch: PatchEntry; readonly next: MessageEntry } => {
  const rev = head.rev + 1
  const { n, newestSeq, newestAt = entry.at } = head
  const patch: PatchEntry = { ...logKey(room, rev), rev, of: entry.seq, change, n, newestSeq, newestAt, token }
  const next = withPatch(room, entry, patch)
  const isLive = entry.run !== undefined || next.run !== undefined
  return { patch: isLive ? { ...patch, live: true } : patch, next }
}

const streaming = ['streaming', 'run', 'leaseUntil', 'restarts', 'units', 'claim'] as const
const changing = ['rev', 'text', 'editedAt', 'deletedAt', 'reactions', 'edits', 'ended', 'endedBy', 'variants'] as const

/** What a change says anew; all else is left to whoever lets the message grow at the same time. */
const namesIn = (change: MessageChange): readonly (keyof MessageEntry)[] => {
  if (change.kind === 'react') return ['rev', 'reactions']
  const names = [...changing, ...streaming]
  return change.kind === 'end' && change.text === undefined ? names.filter((name) => name !== 'text') : names
}

const changesBy = (next: MessageEntry, { change }: PatchEntry): Changes => {
  const names = namesIn(change)
  return {
    set: Object.fromEntries(names.flatMap((name) => (next[name] === undefined ? [] : [[name, next[name]]]))),
    remove: names.filter((name) => next[name] === undefined),
  }
}

/**
 * Writes a patch into its message: the entry as it then stands, or undefined if it was written before. It says only what
 * the change has changed; so what grows between the reading of the entry and this is kept, unless it was to be overwritten.
 */
export const writePatch = async (
  items: Items,
  room: RoomId,
  entry: MessageEntry,
  patch: PatchEntry,
): Promise<MessageEntry | undefined> => {
  const changes = changesBy(withPatch(room, entry, patch), patch)
  const written = await items.update<MessageEntry>(logKey(room, patch.of), changes, below('rev', patch.rev))
  return written as MessageEntry | undefined
}

/** Writes a patch into its message, unless that has been done. Every writer does so with the head before it adds to the log. */
export const applyPatch = async (items: Items, room: RoomId, patch: PatchEntry): Promise<void> => {
  const entry = await items.get<MessageEntry>(logKey(room, patch.of))
  if (entry && entry.rev < patch.rev) await writePatch(items, room, entry, patch)
}

/**
 * The messages of entries as they stand. Every patch in a log but the one at its head has been applied to its message; so
 * who has seen the head first and read the entries then has all, with the head's patch laid over. Where it is of a reply that
 * grows, it is applied instead: who let it grow would not know that others have seen its end.
 */
export const asTheyStand = (
  { items }: { readonly items: Items },
  room: RoomId,
  entries: readonly MessageEntry[],
  patch: PatchEntry | undefined,
): Promise<readonly StoredMessage[]> =>
  Promise.all(
    entries.map(async (entry) => {
      if (!patch || patch.of !== entry.seq || patch.rev <= entry.rev) return storedOf(room, entry)
      if (!patch.live) return storedOf(room, withPatch(room, entry, patch))
      const written = await writePatch(items, room, entry, patch)
      return storedOf(room, written ?? (await items.get<MessageEntry>(logKey(room, entry.seq))) ?? entry)
    }),
  )
