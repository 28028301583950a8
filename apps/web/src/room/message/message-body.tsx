import type { Message } from '@parley/client'
import { type ReactElement, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { Prose } from '../../markdown/prose.tsx'
import { classes } from '../../parts/classes.ts'
import { isLong } from './long.ts'
import { Thinking } from './thinking.tsx'
import { useSmoothText } from './use-smooth-text.ts'

/** A text that grows, at the pace of the eye. */
const Growing = ({ text }: { readonly text: string }): ReactElement => {
  const shown = useSmoothText(text)
  if (shown === '') return <Thinking />
  return (
    <div className="growing">
      <Prose text={shown} isGrowing />
    </div>
  )
}

/** A finished text. A long one is folded until it is asked for. */
const Finished = ({ text }: { readonly text: string }): ReactElement => {
  const t = useTranslations('message')
  const [isOpen, setOpen] = useState(false)
  if (!isLong(text)) return <Prose text={text} />
  return (
    <>
      <div
        className={classes(
          !isOpen && 'max-h-[880px] overflow-hidden [mask-image:linear-gradient(black_88%,transparent)]',
        )}
      >
        <Prose text={text} />
      </div>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="mt-1 rounded-md py-0.5 text-side font-medium text-accent hover:underline"
      >
        {t(isOpen ? 'showLess' : 'showAll')}
      </button>
    </>
  )
}

/** What a message says, and whether that was changed. */
export const MessageBody = ({ message }: { readonly message: Message }): ReactElement => {
  const t = useTranslations('message')
  const format = useFormatter()
  if (message.deletedAt !== undefined) return <p className="text-quiet italic">{t('deleted')}</p>
  if (message.streaming) return <Growing text={message.text} />
  return (
    <>
      <Finished text={message.text} />
      {message.editedAt && (
        <span
          className="text-fine text-quiet"
          title={format.dateTime(Date.parse(message.editedAt), { dateStyle: 'full', timeStyle: 'short' })}
        >
          {t('edited')}
        </span>
      )}
    </>
  )
}
