import type { Message } from '@parley/client'
import { Cross2Icon } from '@radix-ui/react-icons'
import type { ReactElement } from 'react'
import { useTranslations } from 'use-intl'
import { IconButton } from '../../parts/icon-button.tsx'
import { plainText } from '../message/plain-text.ts'

interface ReplyBarProps {
  readonly message: Message
  readonly cancel: () => void
}

/** Whom one answers, above what one writes. */
export const ReplyBar = ({ message, cancel }: ReplyBarProps): ReactElement => {
  const t = useTranslations('composer')
  return (
    <div className="flex items-center gap-3 border-b border-line py-1 ps-3.5 pe-1 text-side">
      <p className="flex min-w-0 flex-1 gap-2">
        <span className="shrink-0 font-medium">{t('replying', { name: message.from.name })}</span>
        <span dir="auto" className="truncate text-quiet">
          {plainText(message.text)}
        </span>
      </p>
      <IconButton label={t('cancelReply')} size="small" onClick={cancel}>
        <Cross2Icon />
      </IconButton>
    </div>
  )
}
