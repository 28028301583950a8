import { RecordRefused } from '@parley/core'
import type { Items, Key } from '../items.ts'

/** Items that wait to be put, many at once: whatever was there is overwritten. */
export interface ItemBuffer {
  add(item: Key): void
  /** Adds an item that must not be there yet, on behalf of the record at an index. */
  addNew(item: Key, index: number): void
  /** Puts what waits, if it is enough or if all is to be put. Rejects with {@link RecordRefused}. */
  flush(all?: 'all'): Promise<void>
}

/** Eight requests of 25 items, which is as many as one may have. */
const enough = 200

const nameOf = ({ pk, sk }: Key): string => `${pk}\n${sk}`

const refused = (index: number): RecordRefused =>
  new RecordRefused(index, 'a message of this id is in the room already')

/** @param before called before each time that items are put */
export const itemBuffer = (items: Items, before: () => Promise<void>): ItemBuffer => {
  let waiting = new Map<string, Key>()
  /** Those of the waiting that must not be there, with the indexes of their records. */
  let fresh = new Map<string, number>()

  const refuseKnown = async (): Promise<void> => {
    const keys = [...fresh.keys()].flatMap((name) => waiting.get(name) ?? [])
    const known = await items.getMany<Key>(keys)
    const indexes = known.flatMap((key) => fresh.get(nameOf(key)) ?? [])
    if (indexes.length > 0) throw refused(Math.min(...indexes))
  }

  return {
    add(item) {
      waiting.set(nameOf(item), item)
    },
    addNew(item, index) {
      const name = nameOf(item)
      if (waiting.has(name)) throw refused(index)
      waiting.set(name, item)
      fresh.set(name, index)
    },
    async flush(all) {
      if (waiting.size < enough && !(all && waiting.size > 0)) return
      await before()
      await refuseKnown()
      await items.putAll([...waiting.values()])
      waiting = new Map()
      fresh = new Map()
    },
  }
}
