import type { ClientState } from '@parley/client'
import type { Panel } from '../chat/talk.ts'
import { fit } from '../terminal/columns.ts'
import type { Paint } from '../terminal/paint.ts'
import { compose } from './composer.ts'
import type { conversation, Row } from './conversation.ts'
import type { Place, Size } from './device.ts'
import type { Draft } from './draft.ts'
import { headerRow } from './header.ts'
import { panelRows } from './panel-rows.ts'
import { type Scroll, seenUpTo } from './scroll.ts'
import { sidebarRows } from './sidebar.ts'
import { type Notice, statusRow } from './status.ts'

/** What is looked at, besides what the client knows. */
export interface View {
  /** The id of the room. */
  readonly room: string
  readonly newAfter: number | undefined
  readonly draft: Draft
  readonly scroll: Scroll
  readonly panel: (() => Panel) | undefined
  /** How many of the panel's rows are above what is seen. */
  readonly panelFrom: number
  readonly notice: Notice | undefined
}

/** A picture of the whole terminal, and what of the conversation is in it. */
export interface Frame {
  readonly rows: readonly string[]
  readonly cursor: Place
  /** All rows of the conversation, and how many of them one sees at once. */
  readonly conversation: readonly Row[]
  readonly height: number
  /** Of the conversation's rows those that are seen, from the first up to before the last. */
  readonly seen: { readonly from: number; readonly upTo: number }
}

const sidebarColumns = 22
/** Below this the list of rooms would leave too little for the conversation. */
const columnsForSidebar = 64
const prompt = '› '

const countBelow = (rows: readonly Row[], upTo: number): number =>
  new Set(rows.slice(upTo).flatMap(({ seq }) => seq ?? [])).size

/** What one sees of rows that may be more than there is place for: the last ones, filled up with blank ones above. */
const lastRows = (rows: readonly string[], height: number): readonly string[] => [
  ...Array.from({ length: Math.max(0, height - rows.length) }, () => ''),
  ...rows.slice(Math.max(0, rows.length - height)),
]

interface Options {
  readonly state: ClientState
  readonly view: View
  readonly size: Size
  /** In milliseconds since 1970. */
  readonly now: number
  readonly paint: Paint
  readonly conversation: typeof conversation
}

export const frame = ({ state, view, size, now, paint, conversation }: Options): Frame => {
  const isAlone = size.columns < columnsForSidebar
  const left = isAlone ? 0 : sidebarColumns + 1
  const columns = size.columns - left
  const room = state.rooms.get(view.room)
  const composed = compose(view.draft, Math.max(1, columns - prompt.length - 2))
  const height = Math.max(0, size.rows - 3 - composed.rows.length)

  const rows = room ? conversation({ state, room, newAfter: view.newAfter, columns, now, paint }) : []
  const upTo = seenUpTo(rows, view.scroll)
  const from = Math.max(0, upTo - height)
  const middle = view.panel
    ? panelRows(view.panel(), columns, paint).slice(view.panelFrom, view.panelFrom + height)
    : lastRows(
        rows.slice(from, upTo).map(({ text }) => text),
        height,
      )
  const header = room ? headerRow(state, room, columns, paint) : ''
  const rule = paint('dim', '─'.repeat(columns))
  const status = statusRow({ ...view, state, room, below: countBelow(rows, upTo), isAlone, columns, now, paint })
  const writing = composed.rows.map((row, index) => ` ${index === 0 ? paint('cyan', prompt) : fit('', 2)}${row}`)
  const blanks = Array.from({ length: Math.max(0, height - middle.length) }, () => '')
  const main = [header, rule, ...middle, ...blanks, status, ...writing].slice(0, size.rows)
  const sidebar = isAlone
    ? []
    : sidebarRows({ state, room: view.room, columns: sidebarColumns, rows: size.rows, paint })
  return {
    rows: isAlone
      ? main
      : main.map((row, index) => `${sidebar[index] ?? fit('', sidebarColumns)}${paint('dim', '│')}${row}`),
    cursor: {
      row: Math.min(size.rows - 1, main.length - writing.length + composed.row),
      column: left + 1 + prompt.length + composed.column,
    },
    conversation: rows,
    height,
    seen: { from, upTo },
  }
}
