import { assistantId, NotEmpty, Unavailable, UnfinishedArchive } from '@parley/core'
import type { Context } from '../context.ts'
import { absent, equal } from '../expression.ts'
import type { Items, Key } from '../items.ts'
import { importKey, namesPartition } from '../keys.ts'

/** That somebody fills the table, or has begun to. Times in milliseconds since 1970. */
interface MarkerItem extends Key {
  readonly token: string
  readonly seenAt: number
}

/** Whoever fills a table shows itself at least this often. One that did not for four times as long is dead. */
const showEveryMs = 15_000
const deadAfterMs = 4 * showEveryMs

/** An import that is under way. */
export interface Marker {
  /** Shows that it lives, if it did not lately. Rejects when another import has taken it for dead. */
  show(): Promise<void>
  /** The table is filled. */
  remove(): Promise<void>
  /** Empties the table again, unless another import has taken it over. */
  undo(): Promise<void>
}

/** Keys of a page that are not the marker's. */
const others = (keys: readonly Key[]): readonly Key[] => keys.filter(({ pk }) => pk !== importKey.pk)

/** Whether an item speaks of the assistant, which is there as soon as a stack was deployed. A name is never alone. */
const isOfAssistant = ({ pk, sk }: Key): boolean =>
  pk === namesPartition || pk.includes(assistantId) || sk.includes(assistantId)

/** Removes everything but the marker. */
const clear = async ({ items }: Context, which: (key: Key) => boolean = () => true): Promise<void> => {
  const atOnce = 200
  for await (const page of items.keys()) {
    const keys = others(page).filter(which)
    for (let start = 0; start < keys.length; start += atOnce) await items.removeAll(keys.slice(start, start + atOnce))
  }
}

const isEmpty = async ({ items }: Context): Promise<boolean> => {
  for await (const page of items.keys()) if (!others(page).every(isOfAssistant)) return false
  return true
}

/** Puts the marker, or takes over that of an import that has died, and removes what this has left. */
const take = async (context: Context, where: string, token: string): Promise<void> => {
  const { items, now } = context
  const mine = { ...importKey, token, seenAt: now() } as MarkerItem
  const there = await items.get<MarkerItem>(importKey)
  if (!there && !(await isEmpty(context))) throw new NotEmpty(where)
  if (there && now() - there.seenAt < deadAfterMs) {
    throw new UnfinishedArchive(where, 'Another import fills it, or has died less than a minute ago: try again then.')
  }
  if (!(await items.put(mine, there ? equal('token', there.token) : absent('pk')))) {
    throw new UnfinishedArchive(where, 'Another import has just begun to fill it.')
  }
  await clear(context, there ? undefined : isOfAssistant)
}

/** Marks an empty table as one that is being filled. */
export const placeMarker = async (context: Context, where: string): Promise<Marker> => {
  const { items, now, token } = context
  const own = token()
  await take(context, where, own)
  let seenAt = now()
  const showNow = async (): Promise<void> => {
    seenAt = now()
    const shown = await items.update(importKey, { set: { seenAt } }, equal('token', own))
    if (!shown) throw new UnfinishedArchive(where, 'Another import has taken it over.')
  }
  const remove = async (): Promise<void> => {
    await items.remove(importKey, equal('token', own))
  }
  return {
    show: async () => {
      if (now() - seenAt >= showEveryMs) await showNow()
    },
    async remove() {
      await showNow()
      await remove()
    },
    async undo() {
      await showNow()
      await clear(context)
      await remove()
    },
  }
}

/** Rejects with {@link UnfinishedArchive} where an import has not come to its end. */
export const refuseUnfinished = async ({ items }: { readonly items: Items }, where: string): Promise<void> => {
  if (await items.get(importKey)) throw new UnfinishedArchive(where)
}

/**
 * What a store waits for before each of its requests: that its table is not half of a chat. It is looked at once; a table
 * that is in use is never imported into.
 */
export const wholeTable = (items: Items, table: string): (() => Promise<void>) => {
  let looked: Promise<void> | undefined
  const look = async (): Promise<void> => {
    try {
      await refuseUnfinished({ items }, `The table ${table}`)
    } catch (error) {
      looked = undefined
      throw error instanceof UnfinishedArchive ? new Unavailable('other', error) : error
    }
  }
  return () => {
    looked ??= look()
    return looked
  }
}
