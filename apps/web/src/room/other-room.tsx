import type { Room } from '@parley/client'
import { useClient } from '@parley/client/react'
import { type ReactElement, useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../parts/button.tsx'
import { useFailureWords } from '../session/failure-words.ts'
import { useSubmit } from '../session/use-submit.ts'
import { Notice } from '../shell/notice.tsx'

/** A room that one is not in: what it is and a way in, where there is one. */
export const OtherRoom = ({ room }: { readonly room: string }): ReactElement | null => {
  const t = useTranslations('room')
  const client = useClient()
  const words = useFailureWords()
  const [found, setFound] = useState<Room | null>()
  const { isBusy, error, run } = useSubmit()
  useEffect(() => {
    let isCurrent = true
    client.call('GET /api/rooms/{room}', { params: { room } }).then(
      ({ room: facts }) => isCurrent && setFound(facts),
      () => isCurrent && setFound(null),
    )
    return () => {
      isCurrent = false
    }
  }, [client, room])
  if (found === undefined) return null
  if (found === null) return <Notice title={t('missingTitle')} text={t('missingText')} />
  return (
    <Notice title={found.name || found.id} text={error === undefined ? found.topic || t('joinText') : words(error)}>
      <Button
        look="main"
        disabled={isBusy}
        onClick={() =>
          run(async () => {
            await client.join(room)
          })
        }
      >
        {t('join')}
      </Button>
    </Notice>
  )
}
