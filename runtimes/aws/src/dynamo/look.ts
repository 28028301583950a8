import type { RoomFacts } from '@parley/core'
import { general, generalFacts } from '@parley/core/store-rules'
import type { RoomId } from '@parley/protocol'
import type { Context } from './context.ts'
import { type FactsItem, factsOf, finishFounding } from './founding.ts'
import { type Head, headOf } from './heads.ts'
import { logAndFacts, roomPartition } from './keys.ts'
import type { Entry } from './log-entry.ts'
import { applyPatch } from './patch.ts'

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

/** The head with its patch applied: what may be added to. */
export const settled = async ({ items }: Context, room: RoomId, head: Head): Promise<Head> => {
  if (!head.patch) return head
  await applyPatch(items, room, head.patch)
  const { patch: _patch, ...rest } = head
  return rest
}
