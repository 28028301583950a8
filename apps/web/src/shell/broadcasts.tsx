import type { Broadcast } from '@parley/client'
import { useEvent } from '@parley/client/react'
import { Cross2Icon, SpeakerLoudIcon } from '@radix-ui/react-icons'
import { type ReactElement, useState } from 'react'
import { useTranslations } from 'use-intl'
import { IconButton } from '../parts/icon-button.tsx'

/** What admins say to everybody: it stays until it is put away. */
export const Broadcasts = (): ReactElement => {
  const t = useTranslations('broadcast')
  const [shown, setShown] = useState<readonly Broadcast[]>([])
  useEvent('broadcast', (broadcast) =>
    setShown((before) => [...before.filter(({ id }) => id !== broadcast.id), broadcast].slice(-3)),
  )
  return (
    <div role="status" className="pointer-events-none fixed inset-x-0 top-3 z-40 flex flex-col items-center gap-2 px-3">
      {shown.map(({ id, from, text }) => (
        <div
          key={id}
          className="rising pointer-events-auto flex w-full max-w-[520px] items-start gap-3 rounded-xl bg-raised py-3 ps-4 pe-2 shadow-float"
        >
          <SpeakerLoudIcon className="mt-1 shrink-0 text-accent" />
          <div className="min-w-0 flex-1">
            <p className="text-side font-medium text-quiet">{t('title', { name: from.name })}</p>
            <p dir="auto" className="text-body break-words whitespace-pre-wrap">
              {text}
            </p>
          </div>
          <IconButton
            label={t('dismiss')}
            size="small"
            onClick={() => setShown((before) => before.filter((one) => one.id !== id))}
          >
            <Cross2Icon />
          </IconButton>
        </div>
      ))}
    </div>
  )
}
