import { type CellName, cells } from './cells.ts'
import type { HostName } from './hosts.ts'
import type { Figures } from './rounds.ts'
import { median } from './targets.ts'

const width = 760
const labelWidth = 130
const valueWidth = 70
const barHeight = 16
const gap = 6
const titleHeight = 34

/** Readable on light and dark pages. */
const colours = { text: '#7d7d78', own: '#11695b', others: '#a9a79d' }

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

const shown = (perSecond: number): string =>
  perSecond >= 1e6 ? `${(perSecond / 1e6).toFixed(2)} M` : `${Math.round(perSecond / 1e3)} k`

const title = (cell: CellName): string => {
  const { members, underWay } = cells[cell]
  return `${members} receivers, ${underWay} messages under way: deliveries a second`
}

interface Bar {
  readonly host: HostName
  readonly perSecond: number
}

const barsOf = (figures: Figures, cell: CellName): readonly Bar[] =>
  [...(figures.get(cell) ?? [])].map(([host, measured]) => ({
    host,
    perSecond: median(measured.map(({ deliveriesPerSecond }) => deliveriesPerSecond)),
  }))

const bar = ({ host, perSecond }: Bar, most: number, y: number): string => {
  const size = Math.max(2, Math.round(((width - labelWidth - valueWidth) * perSecond) / most))
  const colour = host.startsWith('Parley') ? colours.own : colours.others
  const middle = y + barHeight - 4
  return [
    `<text x="${labelWidth - 8}" y="${middle}" text-anchor="end">${escaped(host)}</text>`,
    `<rect x="${labelWidth}" y="${y}" width="${size}" height="${barHeight}" rx="3" fill="${colour}"/>`,
    `<text x="${labelWidth + size + 8}" y="${middle}">${shown(perSecond)}</text>`,
  ].join('\n')
}

/** Bars for each of the cells, from nothing up, each cell by its own measure: an SVG. */
export const picture = (figures: Figures, of: readonly CellName[]): string => {
  const drawn: string[] = []
  let y = 0
  for (const cell of of) {
    const bars = barsOf(figures, cell)
    if (bars.length === 0) continue
    const most = Math.max(...bars.map(({ perSecond }) => perSecond))
    drawn.push(`<text x="0" y="${y + 20}" font-weight="600">${title(cell)}</text>`)
    y += titleHeight
    for (const one of bars) {
      drawn.push(bar(one, most, y))
      y += barHeight + gap
    }
    y += gap * 2
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y}" font-family="system-ui, sans-serif" font-size="13" fill="${colours.text}">
<title>Deliveries a second of Parley and its peers</title>
${drawn.join('\n')}
</svg>
`
}
