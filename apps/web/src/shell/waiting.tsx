import { useClient, useConnection } from '@parley/client/react'
import type { ReactElement } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../parts/button.tsx'
import { Mark } from '../session/mark.tsx'

/** Before the first greeting: says so only if that takes a while. */
export const Waiting = (): ReactElement => {
  const t = useTranslations('connection')
  const client = useClient()
  const { status } = useConnection()
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
