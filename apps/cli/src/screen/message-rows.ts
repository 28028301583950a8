import type { Message, Outgoing } from '@parley/client'
import { columnsOf, cut, fit, wrap } from '../terminal/columns.ts'
import { harmless } from '../terminal/harmless.ts'
import { colourOf, type Paint } from '../terminal/paint.ts'
import { reactionsTo, textOf } from '../words/message-words.ts'
import { timeOf } from '../words/times.ts'

/** How messages are set: what stands before them, and how wide they are. */
export interface Setting {
  /** Columns for the number of a message and the blanks around it. */
  readonly gutter: number
  /** Columns for its text. */
  readonly columns: number
  readonly paint: Paint
}

/** Text is easiest to read in lines of at most so many columns. */
const readable = 76

/** @param newest the highest number to be shown */
export const settingFor = (columns: number, newest: number, paint: Paint): Setting => {
  const gutter = Math.max(2, String(newest).length) + 4
  return { gutter, columns: Math.max(8, Math.min(readable, columns - gutter - 1)), paint }
}

/** Wrapped texts by message: one is wrapped again only when the width is another. */
const wrapped = new WeakMap<object, { readonly columns: number; readonly rows: readonly string[] }>()

const rowsOf = (owner: Message | Outgoing, text: string, columns: number): readonly string[] => {
  const known = wrapped.get(owner)
  if (known?.columns === columns) return known.rows
  const rows = text === '' ? [] : wrap(text, columns)
  wrapped.set(owner, { columns, rows })
  return rows
}

const blank = ({ gutter }: Setting): string => ' '.repeat(gutter)

/** The author and the time, before what was said. */
export const headRow = ({ from, at }: Pick<Message, 'from' | 'at'>, name: string, setting: Setting): string => {
  const { columns, paint } = setting
  const time = timeOf(at)
  const kind = from.kind === 'bot' ? ' bot' : ''
  const shown = cut(name, columns - columnsOf(time + kind) - 2)
  return `${blank(setting)}${paint(['bold', colourOf(from.id)], shown)}${paint('dim', `${kind}  ${time}`)}`
}

const withMark = (rows: readonly string[], mark: string, setting: Setting): readonly string[] =>
  rows.map((row, index) => `${index === 0 ? mark : blank(setting)}${row}`)

/** What is said about a message. */
interface About {
  /** What it answers, in few words. */
  readonly answered: string | undefined
  /** What is to be said of it besides its text. */
  readonly remark: string
}

/** A message: its number, what it answers, its text, what is to be said of it, its reactions. */
export const messageRows = (message: Message, { answered, remark }: About, setting: Setting): readonly string[] => {
  const { gutter, columns, paint } = setting
  const rows = [...rowsOf(message, textOf(message), columns)]
  const last = rows.at(-1)
  if (remark && last !== undefined && columnsOf(last) + remark.length + 1 <= columns) {
    rows[rows.length - 1] = `${last} ${paint('dim', remark)}`
  } else if (remark) rows.push(paint('dim', remark))
  const reactions = reactionsTo(message)
  if (reactions) rows.push(paint('dim', cut(reactions, columns)))
  if (answered !== undefined) rows.unshift(paint('dim', cut(`↳ ${answered}`, columns)))
  return withMark(rows, paint('dim', `${String(message.seq).padStart(gutter - 2)}  `), setting)
}

/** A message on its way, or one that did not get there. */
export const outgoingRows = (outgoing: Outgoing, setting: Setting): readonly string[] => {
  const { gutter, columns, paint } = setting
  const { text, failed } = outgoing
  const rows = rowsOf(outgoing, harmless(text), columns).map((row) => paint('dim', row))
  if (!failed) return withMark(rows, paint('dim', `${'…'.padStart(gutter - 2)}  `), setting)
  const why = wrap(`Not sent: ${failed.message} /retry sends it again, /discard gives it up.`, columns)
  return withMark(
    [...rows, ...why.map((row) => paint('red', row))],
    paint('red', `${'!'.padStart(gutter - 2)}  `),
    setting,
  )
}

/** A line across the text with a word in it. */
export const dividerRow = (word: string, look: Parameters<Paint>[0], setting: Setting): string => {
  const { columns, paint } = setting
  const shown = cut(word, columns - 6)
  const right = Math.max(0, columns - columnsOf(shown) - 5)
  return `${blank(setting)}${paint(look, `─── ${shown} ${'─'.repeat(right)}`)}`
}

/** A quiet line where nothing is yet. */
export const emptyRows = (text: string, setting: Setting): readonly string[] =>
  wrap(text, setting.columns).map(
    (row) => `${blank(setting)}${setting.paint('dim', fit(row, setting.columns).trimEnd())}`,
  )
