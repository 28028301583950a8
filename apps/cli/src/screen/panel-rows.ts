import type { Panel } from '../chat/talk.ts'
import { columnsOf, fit, wrap } from '../terminal/columns.ts'
import type { Paint } from '../terminal/paint.ts'

/** A panel in place of the conversation: labels and what is said of them beside each other. */
export const panelRows = ({ title, lines }: Panel, columns: number, paint: Paint): readonly string[] => {
  const inner = Math.max(10, columns - 6)
  const widest = Math.max(0, ...lines.map(({ label }) => columnsOf(label)))
  const labels = Math.min(widest, Math.floor(inner * 0.45))
  const rows = lines.flatMap(({ label, text, isMarked }) => {
    const texts = wrap(text, inner - labels - 3)
    return texts.map((row, index) => {
      const name = fit(index === 0 ? label : '', labels)
      return `   ${paint(isMarked ? ['bold'] : [], name)}   ${paint(label ? 'dim' : [], row)}`
    })
  })
  const empty = lines.length === 0 ? [`   ${paint('dim', 'Nothing here.')}`] : []
  return ['', `   ${paint('bold', title)}   ${paint('dim', 'Escape goes back')}`, '', ...rows, ...empty, '']
}
