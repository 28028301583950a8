import type { Message } from '@parley/client'
import { type ReactElement, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { Prose } from '../../markdown/prose.tsx'
import { classes } from '../../parts/classes.ts'
import { isLong } from './long.ts'
import { Thinking } from './thinking.tsx'
import { useSmoothText } from './use-smooth-text.ts'

interface TextProps {
  readonly text: string
  readonly isStreaming: boolean
}

/** A text, which may still grow. A finished long one is folded until it is asked for. */
const MessageText = ({ text, isStreaming }: TextProps): ReactElement => {
  const t = useTranslations('message')
  const shown = useSmoothText(text, isStreaming)
  const isGrowing = isStreaming || shown.length < text.length
  const [hasGrown] = useState(isStreaming)
  const [isOpen, setOpen] = useState(false)
  const isFoldable = !hasGrown && isLong(text)
  if (isGrowing && shown === '') return <Thinking />
  return (
    <>
      <div
        className={classes(
          isGrowing && 'growing',
          isFoldable && !isOpen && 'max-h-[880px] overflow-hidden [mask-image:linear-gradient(black_88%,transparent)]',
        )}
      >
        <Prose text={shown} isGrowing={isGrowing} />
      </div>
      {isFoldable && (
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          className="mt-1 rounded-md py-0.5 text-side font-medium text-accent hover:underline"
        >
          {t(isOpen ? 'showLess' : 'showAll')}
        </button>
      )}
    </>
  )
}

/** What a message says, and whether that was changed. */
export const MessageBody = ({ message }: { readonly message: Message }): ReactElement => {
  const t = useTranslations('message')
  const format = useFormatter()
  if (message.deletedAt !== undefined) return <p className="text-quiet italic">{t('deleted')}</p>
  return (
    <>
      <MessageText text={message.text} isStreaming={message.streaming ?? false} />
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
