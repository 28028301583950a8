import { columnsOf, cut, fit } from '../terminal/columns.ts'
import type { Paint } from '../terminal/paint.ts'

/** Rows for people: the columns below each other, what is unread in bold. */
export const roomTable = (rows: readonly (readonly string[])[], columns: number, paint: Paint): readonly string[] => {
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => columnsOf(row[column] ?? ''))))
  return rows.map(([title = '', standing = '', topic = '']) => {
    const left = `${paint(standing.endsWith('unread') ? 'bold' : [], fit(title, widths[0] ?? 0))}  `
    const middle = `${paint(standing.endsWith('unread') ? 'cyan' : 'dim', fit(standing, widths[1] ?? 0))}  `
    return left + middle + paint('dim', cut(topic, columns - (widths[0] ?? 0) - (widths[1] ?? 0) - 4))
  })
}
