import type { MessageId, RoomId } from '@parley/protocol'
import type { MessageEntry } from './log-entry.ts'

/**
 * Entries of replies that were seen to grow, so that who lets one grow need not read it again. One that is not as it was
 * does no harm: nothing is written then.
 */
export interface Growing {
  /** Forgets one that grows no more. */
  remember(room: RoomId, entry: MessageEntry): void
  recall(room: RoomId, id: MessageId): MessageEntry | undefined
}

/** A text of a reply may be long. */
const repliesMax = 50

export const openGrowing = (): Growing => {
  const seen = new Map<string, MessageEntry>()
  const nameOf = (room: RoomId, id: MessageId): string => `${room}\n${id}`
  return {
    remember(room, entry) {
      const name = nameOf(room, entry.id)
      seen.delete(name)
      if (entry.run === undefined) return
      seen.set(name, entry)
      const oldest = seen.keys().next().value
      if (seen.size > repliesMax && oldest !== undefined) seen.delete(oldest)
    },
    recall: (room, id) => seen.get(nameOf(room, id)),
  }
}
