import type { Message } from '@parley/client'
import { harmless } from '../terminal/harmless.ts'
import { nameOf } from './names.ts'

type Known = Parameters<typeof nameOf>[0]

const endings: Partial<Record<NonNullable<Message['ended']>, string>> = {
  interrupted: '(interrupted)',
  failed: '(failed)',
  length: '(cut off: too long)',
}

const endOf = ({ ended, endedBy }: Message, known: Known): string | undefined => {
  if (ended === 'stopped') return endedBy ? `(stopped by ${nameOf(known, endedBy)})` : '(stopped)'
  return ended && endings[ended]
}

const variantOf = ({ variants }: Message): string | undefined =>
  variants && variants.count > 1 ? `(${variants.index + 1} of ${variants.count})` : undefined

/** What is said of a message besides its text, in a few quiet words. */
export const remarkOn = (message: Message, known: Known): string => {
  if (message.deletedAt) return '(deleted)'
  return [message.editedAt && '(edited)', endOf(message, known), variantOf(message)].filter(Boolean).join(' ')
}

/** Where more is to come. */
export const caret = '▌'

/** The text of a message, safe to be shown. */
export const textOf = ({ text, deletedAt, streaming }: Pick<Message, 'text' | 'deletedAt' | 'streaming'>): string =>
  deletedAt ? '' : `${harmless(text)}${streaming ? caret : ''}`

/** Its reactions as `👍 2  🎉 1`, in the order in which they were put. */
export const reactionsTo = ({ reactions = {} }: Message): string =>
  Object.entries(reactions)
    .filter(([, users]) => users.length > 0)
    .map(([emoji, users]) => `${harmless(emoji)} ${users.length}`)
    .join('  ')
