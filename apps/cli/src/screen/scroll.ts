import { newDivider, type Row } from './conversation.ts'

/** Where one reads: at the end, or with a certain row as the last that is seen, whatever comes before or after it. */
export type Scroll = 'end' | Pick<Row, 'owner' | 'index'>

/** How many rows there are up to and with the last that is seen. */
export const seenUpTo = (rows: readonly Row[], scroll: Scroll): number => {
  if (scroll === 'end') return rows.length
  const place = rows.findIndex(({ owner, index }) => owner === scroll.owner && index === scroll.index)
  return place < 0 ? rows.length : place + 1
}

/** Scrolls so that the last row that is seen is the one of this number, from 1, as far as there are rows. */
export const scrollTo = (rows: readonly Row[], upTo: number, height: number): Scroll => {
  const last = Math.max(upTo, Math.min(height, rows.length))
  const row = rows[last - 1]
  return row === undefined || last >= rows.length ? 'end' : { owner: row.owner, index: row.index }
}

/** Where one begins to read a room: at the end, or with the line before what is new at the top. */
export const landing = (rows: readonly Row[], height: number): Scroll => {
  const line = rows.findIndex(({ owner }) => owner === newDivider)
  return line < 0 || rows.length - line <= height ? 'end' : scrollTo(rows, line - 1 + height, height)
}
