import type { RoomFacts } from '@parley/core'
import type { RoomId } from '@parley/protocol'
import type { Context } from './context.ts'
import { below } from './expression.ts'
import { type FactsItem, factsOf, finishFounding, general, generalFacts } from './founding.ts'
import { type Head, headOf } from './heads.ts'
import type { Items } from './items.ts'
import { logAndFacts, logKey, roomPartition } from './keys.ts'
import { type Entry, type MessageEntry, type PatchEntry, withPatch } from './log-entry.ts'

/** A room as it stands: its facts, if it exists, and its newest entries, newest first. */
export interface Look {
  readonly facts: RoomFacts | undefined
  readonly head: Head
  readonly newest: readonly Entry[]
}

const isFacts = (item: FactsItem | Entry): item is FactsItem => item.sk === 'room'

/** One query, of one read unit while the newest message is short. */
export const lookAt = async (context: Context, room: RoomId, entries = 1): Promise<Look> => {
  const { items } = await context.items.query<FactsItem | Entry>({
    pk: roomPartition(room),
    between: logAndFacts,
    descending: true,
    limit: entries + 1,
  })
  const item = items.find(isFacts)
  const newest = items.filter((one): one is Entry => !isFacts(one))
  if (item) await finishFounding(context, item)
  const facts = item ? factsOf(item) : room === general ? generalFacts : undefined
  return { facts, head: headOf(newest[0]), newest }
}

/** Writes a patch into its message, unless that has been done. Every writer does so with the head before it adds to the log. */
export const applyPatch = async (items: Items, room: RoomId, patch: PatchEntry): Promise<void> => {
  const entry = await items.get<MessageEntry>(logKey(room, patch.of))
  if (entry && entry.rev < patch.rev) await items.put(withPatch(room, entry, patch), below('rev', patch.rev))
}

/** The head with its patch applied: what may be added to. */
export const settled = async ({ items }: Context, room: RoomId, head: Head): Promise<Head> => {
  if (!head.patch) return head
  await applyPatch(items, room, head.patch)
  const { patch: _patch, ...rest } = head
  return rest
}
