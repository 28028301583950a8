import type { Key } from 'node:readline'
import { harmless } from '../terminal/harmless.ts'
import type { Edit } from './draft.ts'

/** What one does besides writing. */
export type Act =
  | 'send'
  | 'complete'
  | 'cancel'
  | 'interrupt'
  | 'end-of-input'
  | 'suspend'
  | 'redraw'
  | 'page-up'
  | 'page-down'
  | 'to-start'
  | 'to-end'
  | 'next-room'
  | 'previous-room'
  | 'focus'
  | 'blur'

/** What a key means. */
export type Meaning = { readonly edit: Edit } | { readonly act: Act } | undefined

/** Keys by their names as `node:readline` tells them, with `C-` for Control and `M-` for Alt before. */
const acts: Readonly<Record<string, Act>> = {
  return: 'send',
  tab: 'complete',
  escape: 'cancel',
  'C-c': 'interrupt',
  'C-d': 'end-of-input',
  'C-z': 'suspend',
  'C-l': 'redraw',
  pageup: 'page-up',
  pagedown: 'page-down',
  'C-home': 'to-start',
  'C-end': 'to-end',
  'M-down': 'next-room',
  'M-up': 'previous-room',
  'C-n': 'next-room',
  'C-p': 'previous-room',
}

const edits: Readonly<Record<string, Edit>> = {
  left: 'left',
  right: 'right',
  up: 'up',
  down: 'down',
  home: 'line-start',
  end: 'line-end',
  backspace: 'erase-before',
  delete: 'erase-after',
  'C-b': 'left',
  'C-f': 'right',
  'C-a': 'line-start',
  'C-e': 'line-end',
  'C-left': 'word-left',
  'C-right': 'word-right',
  'M-left': 'word-left',
  'M-right': 'word-right',
  'M-b': 'word-left',
  'M-f': 'word-right',
  'C-h': 'erase-before',
  'C-w': 'erase-word',
  'C-backspace': 'erase-word',
  'M-backspace': 'erase-word',
  'C-u': 'erase-to-start',
  'C-k': 'erase-to-end',
  enter: { insert: '\n' },
  'C-j': { insert: '\n' },
  'M-return': { insert: '\n' },
  'M-enter': { insert: '\n' },
}

/** The keys in words, for help. */
export const keysInWords = [
  { label: 'Up, Down, Page Up', text: 'read what was said before, while you write nothing' },
  { label: 'Tab', text: 'go to where something is unread; while you write: complete' },
  { label: 'Alt-Up, Alt-Down', text: 'go to the room before, or after; also Ctrl-P, Ctrl-N' },
  { label: 'Alt-Enter, Ctrl-J', text: 'begin a new line' },
  { label: 'Ctrl-C', text: 'forget what you write; with nothing there: leave' },
] as const

/** Terminals that were asked to say when they are looked at. */
const focus: Readonly<Record<string, Act>> = { '\x1b[I': 'focus', '\x1b[O': 'blur' }

/**
 * What a key means.
 * @param text the characters it stands for, if any
 * @param isPasted what is pasted is text, whatever keys would have written it
 */
export const meaningOf = (text: string | undefined, key: Key, isPasted: boolean): Meaning => {
  if (isPasted) {
    const pasted = key.name === 'return' || key.name === 'enter' ? '\n' : harmless(text ?? '')
    return pasted ? { edit: { insert: pasted } } : undefined
  }
  const act = focus[key.sequence ?? '']
  if (act) return { act }
  const name = `${key.ctrl ? 'C-' : ''}${key.meta && key.name !== 'escape' ? 'M-' : ''}${key.name ?? ''}`
  if (Object.hasOwn(acts, name)) return { act: acts[name] as Act }
  if (Object.hasOwn(edits, name)) return { edit: edits[name] as Edit }
  if (key.ctrl || key.meta) return undefined
  const written = harmless(text ?? '')
  return written ? { edit: { insert: written } } : undefined
}
