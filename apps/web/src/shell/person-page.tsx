import { useClient } from '@parley/client/react'
import { type ReactElement, useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { go } from '../router/router.ts'
import { useFailureWords } from '../session/failure-words.ts'
import { Notice } from './notice.tsx'

/** The address of a person: finds or makes the direct room with them, and goes there. */
export const PersonPage = ({ user }: { readonly user: string }): ReactElement | null => {
  const t = useTranslations('room')
  const client = useClient()
  const words = useFailureWords()
  const [error, setError] = useState<unknown>()
  useEffect(() => {
    client.direct([user]).then(({ id }) => go({ at: 'room', room: id }, { replace: true }), setError)
  }, [client, user])
  return error === undefined ? null : <Notice title={t('missingTitle')} text={words(error)} />
}
