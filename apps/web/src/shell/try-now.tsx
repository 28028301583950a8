import { useClient } from '@parley/client/react'
import type { ReactElement } from 'react'
import { useTranslations } from 'use-intl'

/** Asks for the server at once instead of waiting. */
export const TryNow = (): ReactElement => {
  const t = useTranslations('connection')
  const client = useClient()
  return (
    <button
      type="button"
      onClick={() => client.wake()}
      className="rounded-md px-1 font-medium underline underline-offset-2"
    >
      {t('tryNow')}
    </button>
  )
}
