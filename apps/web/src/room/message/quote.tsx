import { useParley } from '@parley/client/react'
import type { ReactElement } from 'react'
import { useTranslations } from 'use-intl'
import { Avatar } from '../../parts/avatar.tsx'
import { go } from '../../router/router.ts'
import { useRoomContext } from '../room-context.ts'
import { plainText } from './plain-text.ts'

/** The message that another one answers, in one line; a click goes there. */
export const Quote = ({ id }: { readonly id: string }): ReactElement => {
  const t = useTranslations('message')
  const { room } = useRoomContext()
  const quoted = useParley(({ rooms }) => rooms.get(room)?.window.messages.findLast((message) => message.id === id))
  return (
    <div className="relative mb-0.5 flex items-center ps-12">
      <span
        className="absolute start-[18px] top-1/2 h-3 w-[26px] rounded-ss-md border-s-2 border-t-2 border-line"
        aria-hidden="true"
      />
      {quoted ? (
        <button
          type="button"
          onClick={() => go({ at: 'room', room, seq: quoted.seq })}
          className="flex min-w-0 items-center gap-1.5 rounded-md text-side text-quiet hover:text-text"
        >
          <span className="sr-only">{t('replyTo', { name: quoted.from.name })}</span>
          <span className="scale-75" aria-hidden="true">
            <Avatar id={quoted.from.id} name={quoted.from.name} kind={quoted.from.kind} size="small" />
          </span>
          <span className="shrink-0 font-medium" aria-hidden="true">
            {quoted.from.name}
          </span>
          <span dir="auto" className="truncate">
            {quoted.deletedAt ? t('deleted') : plainText(quoted.text)}
          </span>
        </button>
      ) : (
        <span className="text-side text-quiet">{t('replyGone')}</span>
      )}
    </div>
  )
}
