import { fitting, type MessagePage, type PageSize, type StoredMessage } from '@parley/core'
import type { RoomId } from '@parley/protocol'
import type { Context } from './context.ts'
import { logRange, roomPartition } from './keys.ts'
import { type Entry, isMessage, isPatch, type MessageEntry } from './log-entry.ts'
import { lookAt } from './look.ts'
import { asTheyStand } from './patch.ts'

/** Entries that one query looks at, at most. */
const pieceMax = 100

/** The newest place before an entry where a message may be: leaps over a run of patches. */
const placeBefore = (entry: Entry): number =>
  isPatch(entry) ? Math.min(entry.newestSeq, entry.rev - 1) : entry.seq - 1

/** The log from a place down to its beginning, in pieces; `first` is what was read of it already. */
async function* downwards(context: Context, room: RoomId, first: readonly Entry[], start: number, limit: number) {
  let piece = first
  let to = start
  do {
    const last = piece.at(-1)
    if (last) {
      yield piece
      to = placeBefore(last)
    }
    if (to < 1) return
    const range = { pk: roomPartition(room), between: logRange(1, to), descending: true, limit }
    piece = (await context.items.query<Entry>(range)).items
  } while (piece.length > 0)
}

const upwards = (context: Context, room: RoomId, start: number, end: number, limit: number) =>
  start > end ? [[]] : context.items.pages<Entry>({ pk: roomPartition(room), between: logRange(start, end), limit })

/** Messages by seq. Each entry tells how many came before it; so nothing is read to know whether there is more. */
export const history = async (
  context: Context,
  room: RoomId,
  { before, after }: { readonly before?: number; readonly after?: number },
  size: PageSize,
): Promise<MessagePage> => {
  const limit = Math.max(1, Math.min(size.limit, pieceMax))
  const atEnd = before === undefined && after === undefined
  const { facts, head, newest } = await lookAt(context, room, atEnd ? limit : 1)
  if (!facts) return { messages: [], rev: 0, more: false }
  const pieces =
    after === undefined
      ? downwards(context, room, atEnd ? newest : [], Math.min((before ?? head.rev + 1) - 1, head.rev), limit)
      : upwards(context, room, Math.max(after + 1, 1), head.rev, limit)

  const entries: MessageEntry[] = []
  const messages: StoredMessage[] = []
  for await (const piece of pieces) {
    const found = (piece as readonly Entry[]).filter(isMessage)
    entries.push(...found)
    messages.push(...(await asTheyStand(context, room, found, head.patch)))
    if (entries.length >= size.limit || fitting(messages, size) < entries.length) break
  }
  const count = fitting(messages, size)
  const page = messages.slice(0, count)
  const last = entries[count - 1]
  if (after !== undefined) return { messages: page, rev: head.rev, more: last !== undefined && last.n < head.n }
  return { messages: page.reverse(), rev: head.rev, more: last !== undefined && last.n > 1 }
}
