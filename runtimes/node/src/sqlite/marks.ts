import type { RoomId } from '@parley/protocol'

/**
 * To find the newest message of an origin without an entry in an index for each, which would double what a message costs
 * to write: of an origin's messages in a room, one in so many places is marked, and the marked ones are indexed. So each
 * message stands less than this far behind a marked one of its origin and room, or is marked.
 */
export const markSpan = 256

/** Which messages were marked last, as far as it is remembered: who is not remembered is marked once more. */
export interface Marks {
  /** Says whether a message is to be marked, and remembers that it is. */
  take(room: RoomId, origin: string, seq: number): boolean
  clear(): void
}

/** More than this are not remembered. */
const most = 50_000

export const marks = (): Marks => {
  const last = new Map<string, number>()
  return {
    take(room, origin, seq) {
      const key = `${origin} ${room}`
      const marked = last.get(key)
      if (marked !== undefined && seq - marked < markSpan) return false
      if (last.size >= most) last.clear()
      last.set(key, seq)
      return true
    },
    clear: () => last.clear(),
  }
}
