import { charactersOf, columnsOf } from '../terminal/columns.ts'
import type { Draft } from './draft.ts'

/** What is being written, as rows of at most so many columns, and where in them the cursor is. */
export interface Composed {
  readonly rows: readonly string[]
  readonly row: number
  readonly column: number
}

/** Rows that one sees of what is being written. */
const rowsAtMost = 8

/** Breaks a draft anywhere between two characters, so that the cursor stays where one types. */
export const compose = ({ text, cursor }: Draft, columns: number): Composed => {
  const rows: string[] = []
  let row = ''
  let taken = 0
  let position = 0
  let place = { row: 0, column: 0 }
  const breakRow = (): void => {
    rows.push(row)
    row = ''
    taken = 0
  }
  for (const character of [...charactersOf(text), '']) {
    const size = character === '\n' ? 0 : columnsOf(character)
    if (taken + Math.max(size, 1) > columns && taken > 0 && character !== '\n') breakRow()
    if (position <= cursor) place = { row: rows.length, column: taken }
    position += character.length
    if (character === '\n') breakRow()
    else {
      row += character
      taken += size
    }
  }
  rows.push(row)
  const first = Math.max(0, Math.min(place.row - rowsAtMost + 1, rows.length - rowsAtMost))
  return { rows: rows.slice(first, first + rowsAtMost), row: place.row - first, column: place.column }
}
