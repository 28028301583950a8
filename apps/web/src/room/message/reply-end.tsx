import type { Message } from '@parley/client'
import { useClient, useUser } from '@parley/client/react'
import { ChevronLeftIcon, ChevronRightIcon, ReloadIcon } from '@radix-ui/react-icons'
import type { ReactElement } from 'react'
import { useTranslations } from 'use-intl'
import { IconButton } from '../../parts/icon-button.tsx'
import { useRoomContext } from '../room-context.ts'
import { useMaySteer } from './use-may-steer.ts'

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

const StopButton = ({ stop }: { readonly stop: () => void }): ReactElement => {
  const t = useTranslations('model')
  return (
    <button
      type="button"
      onClick={stop}
      className="inline-flex h-7 items-center gap-2 rounded-full border border-line bg-raised px-3 text-side text-quiet hover:border-edge/60 hover:text-text"
    >
      <span className="size-2 rounded-[2px] bg-current" aria-hidden="true" />
      {t('stop')}
    </button>
  )
}

interface PagerProps {
  readonly index: number
  readonly count: number
  readonly show: ((index: number) => void) | undefined
}

/** Which of several answers is shown, and the way to the others for those who may choose. */
const Pager = ({ index, count, show }: PagerProps): ReactElement => {
  const t = useTranslations('model')
  return (
    <span className="inline-flex items-center text-side text-quiet tabular-nums">
      {show && (
        <IconButton size="small" label={t('previous')} disabled={index === 0} onClick={() => show(index - 1)}>
          <ChevronLeftIcon />
        </IconButton>
      )}
      {t('variant', { index: String(index + 1), count: String(count) })}
      {show && (
        <IconButton size="small" label={t('next')} disabled={index === count - 1} onClick={() => show(index + 1)}>
          <ChevronRightIcon />
        </IconButton>
      )}
    </span>
  )
}

/** The quiet line under an assistant's reply: stop while it grows; how it ended, and other answers, afterwards. */
export const ReplyEnd = ({ message }: { readonly message: Message }): ReactElement | null => {
  const t = useTranslations('model')
  const client = useClient()
  const { room, act } = useRoomContext()
  const words = useEndWords(message)
  const maySteer = useMaySteer(message)
  const { id, variants, streaming = false } = message
  const hasVariants = variants !== undefined && variants.count > 1
  if (streaming) {
    return maySteer ? (
      <div className="mt-1.5">
        <StopButton stop={() => act(client.stopReply(room, id))} />
      </div>
    ) : null
  }
  if (words === undefined && !hasVariants) return null
  return (
    <div className="mt-1 flex min-h-7 flex-wrap items-center gap-x-3 text-side text-quiet">
      {hasVariants && (
        <Pager
          index={variants.index}
          count={variants.count}
          show={maySteer ? (index) => act(client.showVariant(room, id, index)) : undefined}
        />
      )}
      {words}
      {words !== undefined && maySteer && (
        <button
          type="button"
          onClick={() => act(client.retryReply(room, id))}
          className="inline-flex h-7 items-center gap-1.5 rounded-md px-1 font-medium text-accent hover:underline"
        >
          <ReloadIcon width={13} height={13} />
          {t('retry')}
        </button>
      )}
    </div>
  )
}
