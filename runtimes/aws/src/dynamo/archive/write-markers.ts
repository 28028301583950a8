import type { RoomId } from '@parley/protocol'
import type { Context } from '../context.ts'
import { logRange, membersPartition, roomPartition } from '../keys.ts'
import type { Entry } from '../log-entry.ts'
import type { MemberItem } from '../member-item.ts'
import type { ItemBuffer } from './item-buffer.ts'

/** How many messages there are up to a rev. */
const countAt = async ({ items }: Context, room: RoomId, rev: number): Promise<number> => {
  const range = { pk: roomPartition(room), between: logRange(1, rev), descending: true, limit: 1 }
  return (await items.query<Entry>(range)).items[0]?.n ?? 0
}

/** Writes down for each member of a room how many messages it has read: that is known when all are in the log. */
export const writeMarkers = async (context: Context, room: RoomId, buffer: ItemBuffer): Promise<void> => {
  const counts = new Map<number, number>()
  for await (const page of context.items.pages<MemberItem>({ pk: membersPartition(room), limit: 100 })) {
    for (const item of page) {
      if (item.read === 0) continue
      const readN = counts.get(item.read) ?? (await countAt(context, room, item.read))
      counts.set(item.read, readN)
      buffer.add({ ...item, readN } as MemberItem)
      await buffer.flush()
    }
  }
  await buffer.flush('all')
}
