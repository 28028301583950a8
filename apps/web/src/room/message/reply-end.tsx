import type { Message } from '@parley/client'
import { useUser } from '@parley/client/react'
import type { ReactElement } from 'react'
import { useTranslations } from 'use-intl'

/** How an assistant's reply came to its end, where that was not the usual one. */
const useEndWords = ({ ended, endedBy }: Message): string | undefined => {
  const t = useTranslations('model')
  const by = useUser(endedBy ?? '')
  switch (ended) {
    case 'stopped':
      return by ? t('stoppedBy', { name: by.name }) : t('stopped')
    case 'interrupted':
    case 'failed':
    case 'length':
      return t(ended)
    default:
      return undefined
  }
}

/** The quiet line under an assistant's reply. */
export const ReplyEnd = ({ message }: { readonly message: Message }): ReactElement | null => {
  const words = useEndWords(message)
  if (message.from.kind !== 'bot' || words === undefined) return null
  return <p className="mt-1 text-side text-quiet">{words}</p>
}
