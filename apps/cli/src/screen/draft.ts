import { charactersOf } from '../terminal/columns.ts'

/** What is being written, and where in it the cursor is, in UTF-16 units. */
export interface Draft {
  readonly text: string
  readonly cursor: number
}

/** A change of a draft by one key. */
export type Edit =
  | 'left'
  | 'right'
  | 'word-left'
  | 'word-right'
  | 'line-start'
  | 'line-end'
  | 'up'
  | 'down'
  | 'erase-before'
  | 'erase-after'
  | 'erase-word'
  | 'erase-to-start'
  | 'erase-to-end'
  | { readonly insert: string }

export const emptyDraft: Draft = { text: '', cursor: 0 }

export const draftOf = (text: string): Draft => ({ text, cursor: text.length })

const before = ({ text, cursor }: Draft): string => text.slice(0, cursor)
const after = ({ text, cursor }: Draft): string => text.slice(cursor)

/** Where the cursor comes to by each movement. People count characters, not the units they are made of. */
const targets = {
  left: (draft) => draft.cursor - (charactersOf(before(draft)).at(-1)?.length ?? 0),
  right: (draft) => draft.cursor + (charactersOf(after(draft))[0]?.length ?? 0),
  'word-left': (draft) => before(draft).replace(/[^\s]*\s*$/u, '').length,
  'word-right': (draft) => draft.cursor + (/^\s*\S*/u.exec(after(draft))?.[0].length ?? 0),
  'line-start': ({ text, cursor }) => text.lastIndexOf('\n', cursor - 1) + 1,
  'line-end': (draft) => draft.cursor + (/^.*/u.exec(after(draft))?.[0].length ?? 0),
} as const satisfies Record<string, (draft: Draft) => number>

/** The cursor in the line above or below, at the same character where that line is long enough. */
const vertical = (draft: Draft, step: -1 | 1): number => {
  const start = draft.cursor === 0 ? 0 : targets['line-start'](draft)
  const lines = draft.text.split('\n')
  const line = draft.text.slice(0, start).split('\n').length - 1
  const target = lines[line + step]
  if (target === undefined) return step < 0 ? 0 : draft.text.length
  const column = charactersOf(draft.text.slice(start, draft.cursor)).length
  const above = lines.slice(0, line + step).reduce((sum, { length }) => sum + length + 1, 0)
  return above + charactersOf(target).slice(0, column).join('').length
}

const erased = ({ text, cursor }: Draft, target: number): Draft => {
  const [from, to] = [Math.min(cursor, target), Math.max(cursor, target)]
  return { text: text.slice(0, from) + text.slice(to), cursor: from }
}

const erasures = {
  'erase-before': 'left',
  'erase-after': 'right',
  'erase-word': 'word-left',
  'erase-to-start': 'line-start',
  'erase-to-end': 'line-end',
} as const satisfies Partial<Record<Edit & string, keyof typeof targets>>

const targetOf = (draft: Draft, movement: keyof typeof targets): number =>
  movement === 'line-start' && draft.cursor === 0 ? 0 : targets[movement](draft)

/** A draft after one change. */
export const edit = (draft: Draft, change: Edit): Draft => {
  if (typeof change === 'object') {
    const { text, cursor } = draft
    return { text: before(draft) + change.insert + text.slice(cursor), cursor: cursor + change.insert.length }
  }
  if (change === 'up' || change === 'down') return { ...draft, cursor: vertical(draft, change === 'up' ? -1 : 1) }
  if (change in erasures) return erased(draft, targetOf(draft, erasures[change as keyof typeof erasures]))
  return { ...draft, cursor: targetOf(draft, change as keyof typeof targets) }
}
