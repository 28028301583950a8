import { type MessageRecord, otherVariants } from '@parley/core'
import type { RoomId } from '@parley/protocol'
import type { Context } from '../context.ts'
import { logFrom, logKey, logRange, roomPartition } from '../keys.ts'
import { type Entry, isPatch, type MessageEntry, placeOf, storedOf } from '../log-entry.ts'
import { lookAt } from '../look.ts'
import { applyPatch, withPatch } from '../patch.ts'
import { findVariants } from '../variants.ts'
import { openSpool } from './spool.ts'

const recordOf = (room: RoomId, entry: MessageEntry): MessageRecord => {
  const { message, bag } = storedOf(room, entry)
  const { origin } = entry
  return { type: 'message', ...message, ...(origin !== undefined && { origin }), ...(bag !== undefined && { bag }) }
}

/**
 * The messages that were created or changed at a rev or later, by seq, all as they stood at one moment: the log is read on
 * until no message has a change that lies behind what was read.
 */
const changedFrom = async ({ items }: Context, room: RoomId, rev: number): Promise<Map<number, MessageEntry>> => {
  const changed = new Map<number, MessageEntry>()
  for (let next = rev; ; ) {
    const patched = new Set<number>()
    let last: Entry | undefined
    for await (const page of items.pages<Entry>({ pk: roomPartition(room), between: logFrom(next) })) {
      for (const entry of page) {
        if (isPatch(entry)) patched.add(entry.of)
        else changed.set(entry.seq, entry)
        last = entry
      }
    }
    if (last && isPatch(last) && last.live) await applyPatch(items, room, last)
    const entries = await items.getMany<MessageEntry>([...patched].map((seq) => logKey(room, seq)))
    for (const entry of entries) changed.set(entry.seq, entry)
    const subject = last && isPatch(last) ? changed.get(last.of) : undefined
    if (last && isPatch(last) && subject) changed.set(subject.seq, withPatch(room, subject, last))
    const read = last ? placeOf(last) : next - 1
    if (changed.values().every((entry) => entry.rev <= read)) return changed
    next = read + 1
  }
}

/** The record with the variants of its message. They stay when others are shown in their place, so they may be read late. */
const withOthers = async (context: Context, record: MessageRecord): Promise<MessageRecord> =>
  record.variants
    ? { ...record, ...otherVariants(record, await findVariants(context, record.room, record.id)) }
    : record

/**
 * The messages of a room by seq, as they stood at one moment. Those that are changed while they are read cannot be told
 * from the others before the end; so all are put aside until that is known.
 */
export async function* readMessages(context: Context, room: RoomId): AsyncGenerator<MessageRecord> {
  const { head } = await lookAt(context, room)
  if (head.rev === 0) return
  const aside = openSpool<MessageRecord>()
  try {
    const pages = context.items.pages<Entry>({ pk: roomPartition(room), between: logRange(1, head.rev) })
    for await (const page of pages) {
      for (const entry of page) if (!isPatch(entry)) await aside.add(recordOf(room, entry))
    }
    const changed = await changedFrom(context, room, head.rev)
    for await (const record of aside.all()) {
      const entry = changed.get(record.seq)
      changed.delete(record.seq)
      yield withOthers(context, entry ? recordOf(room, entry) : record)
    }
    const late = [...changed.values()].sort((one, other) => one.seq - other.seq)
    for (const entry of late) yield withOthers(context, recordOf(room, entry))
  } finally {
    await aside.close()
  }
}
