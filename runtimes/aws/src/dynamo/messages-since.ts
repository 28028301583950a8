import { fitting, type MessagePage, type PageSize, type StoredMessage } from '@parley/core'
import type { RoomId } from '@parley/protocol'
import type { Context } from './context.ts'
import { logFrom, logKey, roomPartition } from './keys.ts'
import { type Entry, isPatch, type MessageEntry, placeOf, subjectOf } from './log-entry.ts'
import { lookAt } from './look.ts'
import { asTheyStand } from './patch.ts'

/** Entries that one query looks at, at most. */
const pieceMax = 100

interface Piece {
  /** The messages whose latest change is in the piece, by rev. */
  readonly messages: readonly StoredMessage[]
  /** The highest rev of any message that the piece is about; it may lie behind the piece. */
  readonly highest: number
}

const readPiece = async (context: Context, room: RoomId, piece: readonly Entry[]): Promise<Piece> => {
  const { items } = context
  const last = piece.at(-1)
  const subjects = new Map<number, MessageEntry>()
  for (const entry of piece) if (!isPatch(entry)) subjects.set(entry.seq, entry)
  const patched = new Set(piece.filter(isPatch).map(({ of }) => of))
  const entries = await items.getMany<MessageEntry>([...patched].map((seq) => logKey(room, seq)))
  for (const entry of entries) subjects.set(entry.seq, entry)
  const patch = last && isPatch(last) ? last : undefined
  const standing = await asTheyStand(context, room, [...subjects.values()], patch)
  const bySeq = new Map(standing.map((stored) => [stored.message.seq, stored]))
  const messages: StoredMessage[] = []
  let highest = 0
  for (const entry of piece) {
    const stored = bySeq.get(subjectOf(entry))
    if (!stored) continue
    highest = Math.max(highest, stored.message.rev)
    if (stored.message.rev === placeOf(entry)) messages.push(stored)
  }
  return { messages, highest }
}

/**
 * Reads the log from `since` on. A message is told at the place of its latest change and not at those before; as long as
 * one was seen with a rev behind what has been read, the reading goes on. The last entry of a log is always the latest
 * change of its message: so if there is another entry, there is another message.
 */
export const messagesSince = async (
  context: Context,
  room: RoomId,
  since: number,
  size: PageSize,
): Promise<MessagePage> => {
  const found = new Map<string, StoredMessage>()
  // The entry at `since` is read too: when nothing follows, it is what tells the newest rev.
  let from = Math.max(since, 1)
  let rev = 0
  for (;;) {
    const page = await context.items.query<Entry>({
      pk: roomPartition(room),
      between: logFrom(from),
      limit: Math.min(size.limit + 2, pieceMax),
    })
    const last = page.items.at(-1)
    if (last) rev = placeOf(last)
    const piece = await readPiece(
      context,
      room,
      page.items.filter((entry) => placeOf(entry) > since),
    )
    for (const stored of piece.messages) {
      found.delete(stored.message.id)
      found.set(stored.message.id, stored)
    }
    const messages = [...found.values()]
    const count = fitting(messages, size)
    if (count < messages.length) {
      return { messages: messages.slice(0, count), rev: messages[count - 1]?.message.rev ?? since, more: true }
    }
    if (page.next === undefined && piece.highest <= rev) {
      if (rev === 0 && since > 0) rev = (await lookAt(context, room)).head.rev
      return { messages, rev, more: false }
    }
    from = rev + 1
  }
}
