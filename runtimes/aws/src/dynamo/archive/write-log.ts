import { importedStream, type MessageRecord } from '@parley/core'
import type { RoomId } from '@parley/protocol'
import { hintKey, logKey, placeKey } from '../keys.ts'
import { contentsOf, type MessageEntry, type PatchEntry } from '../log-entry.ts'
import { streamItem } from '../streams.ts'
import { variantItem } from '../variants.ts'
import type { ItemBuffer } from './item-buffer.ts'

/** Writes the log of one room: the messages by seq, then the end. */
export interface LogWriter {
  readonly room: RoomId
  /** @param index that of the record */
  add(message: MessageRecord, index: number): Promise<void>
  end(): Promise<void>
}

/** The seq that a patch is said to be of whose message has been changed again: there is none. */
const superseded = 0

/**
 * A log has an entry for each rev. Where a message was created there is the message, as it now stands; at the rev of its
 * latest change there is a patch, which says that it has been applied; every other change was superseded, and what it was
 * is not known any more: a patch of nothing stands there, so that no number is missing.
 */
export const logWriter = (room: RoomId, buffer: ItemBuffer, token: string): LogWriter => {
  /** The seqs of messages by the revs of their latest changes, which are still to come. */
  const patches = new Map<number, number>()
  const speakers = new Set<string>()
  let next = 1
  let n = 0
  let newestSeq = 0
  let newestAt = ''

  const patch = (rev: number): PatchEntry => ({
    ...logKey(room, rev),
    rev,
    of: patches.get(rev) ?? superseded,
    change: { kind: 'edit', text: '', at: newestAt },
    n,
    newestSeq,
    newestAt,
    token,
  })
  const patchUpTo = async (end: number): Promise<void> => {
    for (; next < end; next += 1) {
      buffer.add(patch(next))
      patches.delete(next)
      await buffer.flush()
    }
  }

  return {
    room,
    async add({ type: _type, origin, bag, others = [], ...message }, index) {
      const { id, seq, rev, at, from } = message
      await patchUpTo(seq)
      n += 1
      const entry: MessageEntry = {
        ...contentsOf({ message, ...(bag !== undefined && { bag }), ...importedStream(message) }),
        n,
        ...(origin !== undefined && { origin }),
      }
      buffer.addNew({ ...placeKey(room, id), seq, from: from.id } as ReturnType<typeof placeKey>, index)
      buffer.add(entry)
      if (entry.run !== undefined) buffer.add(streamItem(room, seq, entry.run))
      for (const variant of others) buffer.add(variantItem(room, id, variant))
      if (!speakers.has(from.id)) buffer.add(hintKey(from.id, room))
      speakers.add(from.id)
      if (rev > seq) patches.set(rev, seq)
      next = seq + 1
      newestSeq = seq
      newestAt = at
      await buffer.flush()
    },
    async end() {
      const last = patches.keys().reduce((most, rev) => Math.max(most, rev), 0)
      await patchUpTo(last + 1)
    },
  }
}
