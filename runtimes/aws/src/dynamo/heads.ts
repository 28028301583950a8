import type { RoomId } from '@parley/protocol'
import { type Entry, isPatch, type PatchEntry } from './log-entry.ts'

/** The end of a room's log, as it once was. */
export interface Head {
  readonly rev: number
  /** Messages so far, and the seq and time of the newest. */
  readonly n: number
  readonly newestSeq: number
  readonly newestAt?: string
  /** The last entry, if it is a patch that may not have been applied yet. */
  readonly patch?: PatchEntry
}

export const headOf = (last: Entry | undefined): Head => {
  if (last === undefined) return { rev: 0, n: 0, newestSeq: 0 }
  if (!isPatch(last)) return { rev: last.seq, n: last.n, newestSeq: last.seq, newestAt: last.at }
  const { rev, n, newestSeq, newestAt } = last
  return { rev, n, newestSeq, newestAt, patch: last }
}

/**
 * Heads that were seen a moment ago, each good for one writer, so that who has just looked at a room need not look again
 * to write there. A head that is no longer the newest does no harm: the place after it is taken, so nothing is written.
 */
export interface Heads {
  remember(room: RoomId, head: Head): void
  /** Forgets what it answers. */
  recall(room: RoomId): Head | undefined
}

const freshMs = 1_000
const roomsMax = 200

export const openHeads = (now: () => number = () => performance.now()): Heads => {
  const seen = new Map<RoomId, { readonly head: Head; readonly at: number }>()
  return {
    remember(room, head) {
      const known = seen.get(room)
      if (known && known.head.rev > head.rev) return
      seen.delete(room)
      seen.set(room, { head, at: now() })
      const oldest = seen.keys().next().value
      if (seen.size > roomsMax && oldest !== undefined) seen.delete(oldest)
    },
    recall(room) {
      const known = seen.get(room)
      seen.delete(room)
      return known && now() - known.at < freshMs ? known.head : undefined
    },
  }
}
