import type { Message } from '@parley/client'
import { harmless } from '../terminal/columns.ts'

const endings: Partial<Record<NonNullable<Message['ended']>, string>> = {
  stopped: '(stopped)',
  interrupted: '(interrupted)',
  failed: '(failed)',
  length: '(cut off: too long)',
}

/** What is said of a message besides its text, in a few quiet words. */
export const remarkOn = ({ deletedAt, editedAt, ended, streaming }: Message): string => {
  if (deletedAt) return '(deleted)'
  if (streaming) return '…'
  return [editedAt && '(edited)', ended && endings[ended]].filter(Boolean).join(' ')
}

/** The text of a message, safe to be shown. */
export const textOf = ({ text, deletedAt }: Pick<Message, 'text' | 'deletedAt'>): string =>
  deletedAt ? '' : harmless(text)

/** Its reactions as `👍 2  🎉 1`, in the order in which they were put. */
export const reactionsTo = ({ reactions = {} }: Message): string =>
  Object.entries(reactions)
    .filter(([, users]) => users.length > 0)
    .map(([emoji, users]) => `${harmless(emoji)} ${users.length}`)
    .join('  ')
