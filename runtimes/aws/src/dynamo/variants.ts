import type { Summary, Variant } from '@parley/core'
import type { MessageId, RoomId } from '@parley/protocol'
import type { Context } from './context.ts'
import { entryOfId } from './find-message.ts'
import type { Key } from './items.ts'
import { summaryKey, variantKey, variantPrefix } from './keys.ts'

type VariantItem = Key & Variant
type SummaryItem = Key & Summary

export const variantItem = (room: RoomId, id: MessageId, variant: Variant): VariantItem => ({
  ...variantKey(room, id, variant.index),
  ...variant,
})

/** A variant that comes when its message has just been deleted goes with it. */
export const keepVariant = async (context: Context, room: RoomId, id: MessageId, variant: Variant): Promise<void> => {
  const { items } = context
  const item = variantItem(room, id, variant)
  await items.put(item)
  if ((await entryOfId(context, room, id))?.deletedAt !== undefined) await items.remove(item)
}

const variantOf = ({ index, text, ended, endedBy }: VariantItem): Variant => ({
  index,
  text,
  ...(ended !== undefined && { ended }),
  ...(endedBy !== undefined && { endedBy }),
})

export const findVariant = async (
  { items }: Context,
  room: RoomId,
  id: MessageId,
  place: number,
): Promise<Variant | undefined> => {
  const item = await items.get<VariantItem>(variantKey(room, id, place))
  return item && variantOf(item)
}

/** The variants of a message, by index. */
export const findVariants = async ({ items }: Context, room: RoomId, id: MessageId): Promise<readonly Variant[]> => {
  const { pk } = variantKey(room, id, 0)
  const pages = await Array.fromAsync(items.pages<VariantItem>({ pk, prefix: variantPrefix }))
  return pages.flat().map(variantOf)
}

export const forgetVariants = async ({ items }: Context, room: RoomId, id: MessageId): Promise<void> => {
  const { pk } = variantKey(room, id, 0)
  for await (const page of items.pages<Key>({ pk, prefix: variantPrefix })) await items.removeAll(page)
}

export const findSummary = async ({ items }: Context, room: RoomId): Promise<Summary | undefined> => {
  const item = await items.get<SummaryItem>(summaryKey(room))
  return item && { seq: item.seq, rev: item.rev, text: item.text }
}

export const keepSummary = async ({ items }: Context, room: RoomId, summary: Summary | undefined): Promise<void> => {
  if (summary) await items.put({ ...summaryKey(room), ...summary } as SummaryItem)
  else await items.remove(summaryKey(room))
}
