import type { MessageId, RoomId } from '@parley/protocol'
import { collect } from './collect.ts'
import type { Context } from './context.ts'
import type { Items, Key } from './items.ts'
import { logKey, streamKey, streamsPartition } from './keys.ts'
import { type Entry, isPatch, type MessageEntry } from './log-entry.ts'
import { lookAt } from './look.ts'
import { asTheyStand, writePatch } from './patch.ts'

/*
 * Which replies are being made. The item is put before a making begins and removed after it has ended; so none is ever
 * missing, and one too many only says that there is something to look at.
 */

/** That a making of the message at `seq` begins, or was to begin, at the rev `run` of its room. */
interface StreamItem extends Key {
  readonly room: RoomId
  readonly seq: number
  readonly run: number
}

export const streamItem = (room: RoomId, seq: number, run: number): StreamItem => ({
  ...streamKey(room, seq, run),
  room,
  seq,
  run,
})

export const noteStream = async ({ items }: Context, room: RoomId, seq: number, run: number): Promise<void> => {
  await items.put(streamItem(room, seq, run))
}

export const forgetStream = async ({ items }: Context, room: RoomId, seq: number, run: number): Promise<void> => {
  await items.remove(streamKey(room, seq, run))
}

const nameOf = ({ pk, sk }: Key): string => `${pk}\n${sk}`

/**
 * The reply of an item whose making is not what the message's entry tells of. Where the log has not come to its rev yet,
 * it may still begin; where its begin is at the head, and who began it died, it begins now; else it is over.
 */
const startedLate = async (items: Items, item: StreamItem): Promise<MessageEntry | undefined> => {
  const { room, seq, run } = item
  const begin = await items.get<Entry>(logKey(room, run))
  if (!begin) return undefined
  const entry = await items.get<MessageEntry>(logKey(room, seq))
  const isUnapplied = entry && isPatch(begin) && begin.of === seq && entry.rev < run
  const stands = isUnapplied ? ((await writePatch(items, room, entry, begin)) ?? entry) : entry
  if (stands?.run === run) return stands
  if (!isUnapplied) await items.remove(item)
  return undefined
}

const orphansMax = 100

/** Whether the lease of a reply has ended, and no patch at the head of its room that nobody has applied ends the reply. */
const isOrphan = async (context: Context, room: RoomId, entry: MessageEntry, before: string): Promise<boolean> => {
  if (entry.leaseUntil === undefined || entry.leaseUntil >= before) return false
  const { head } = await lookAt(context, room)
  const [stands] = await asTheyStand(context, room, [entry], head.patch)
  return stands?.stream !== undefined && stands.stream.leaseUntil < before
}

/** Looks at every reply that is being made: their leases are renewed where they are, and nowhere else. */
export const orphans = (
  context: Context,
  before: string,
): Promise<readonly { readonly room: RoomId; readonly id: MessageId }[]> => {
  const { items } = context
  const pages = items.pages<StreamItem>({ pk: streamsPartition, limit: orphansMax })
  return collect(pages, orphansMax, async (rows) => {
    const entries = await items.getMany<MessageEntry>(rows.map(({ room, seq }) => logKey(room, seq)))
    const byPlace = new Map(entries.map((entry) => [nameOf(entry), entry]))
    const found = await Promise.all(
      rows.map(async (row) => {
        const { room, seq, run } = row
        const entry = byPlace.get(nameOf(logKey(room, seq)))
        const stands = entry?.run === run ? entry : await startedLate(items, row)
        return stands && (await isOrphan(context, room, stands, before)) ? [{ room, id: stands.id }] : []
      }),
    )
    return found.flat()
  })
}
