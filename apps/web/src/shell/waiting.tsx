import { useClient, useConnection } from '@parley/client/react'
import { type ReactElement, useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { keptRooms } from '../kept/kept-store.ts'
import { LastRead } from '../kept/last-read.tsx'
import { Button } from '../parts/button.tsx'
import { keptSession } from '../session/kept-session.ts'
import { Mark } from '../session/mark.tsx'
import { TryNow } from './try-now.tsx'

/** Before the first greeting: says so only if that takes a while, and shows what was read last if it fails. */
export const Waiting = (): ReactElement => {
  const t = useTranslations('connection')
  const last = useTranslations('kept')
  const client = useClient()
  const { status } = useConnection()
  const [isLost, setLost] = useState(false)
  useEffect(() => {
    if (status === 'waiting') setLost(true)
  }, [status])
  const kept = keptRooms.get()
  if (isLost && kept && kept.user === keptSession.get()?.user?.id) {
    return (
      <div className="flex h-dvh flex-col overflow-hidden">
        <div
          role="status"
          className="flex min-h-8 items-center justify-center gap-3 bg-warm-ground px-4 py-1 text-side text-warm"
        >
          {last('text')}
          <TryNow />
        </div>
        <LastRead rooms={kept.rooms} />
      </div>
    )
  }
  return (
    <div className="flex h-dvh items-center justify-center bg-rail">
      <div className="late flex flex-col items-center gap-4">
        <Mark className="size-12" />
        <p role="status" className="text-control text-quiet">
          {status === 'waiting' ? t('waiting', { seconds: 0 }) : t('connecting')}
        </p>
        {status === 'waiting' && <Button onClick={() => client.wake()}>{t('tryNow')}</Button>}
      </div>
    </div>
  )
}
