import { useClient, useMe } from '@parley/client/react'
import type { ReactElement } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../parts/button.tsx'
import { Dialog, DialogFoot } from '../parts/dialog.tsx'
import { Hash } from '../parts/drawn-icons.tsx'
import { go } from '../router/router.ts'
import { useFailureWords } from '../session/failure-words.ts'
import { useSubmit } from '../session/use-submit.ts'
import type { DialogPageProps } from './dialogs.tsx'
import { openDialog } from './open-dialog.ts'
import { useOtherRooms } from './use-other-rooms.ts'

/** The public rooms that one is not in. */
const BrowseRooms = ({ close }: DialogPageProps): ReactElement => {
  const t = useTranslations('create')
  const join = useTranslations('room')('join')
  const words = useFailureWords()
  const client = useClient()
  const rooms = useOtherRooms()
  const mayCreate = useMe()?.role !== 'guest'
  const { isBusy, error, run } = useSubmit()
  const enter = (room: string): Promise<void> =>
    run(async () => {
      await client.join(room)
      close()
      go({ at: 'room', room })
    })
  return (
    <Dialog title={t('browseTitle')} isOpen close={close}>
      {rooms?.length === 0 && <p className="text-quiet">{t('browseNone')}</p>}
      {error !== undefined && <p className="mb-2 text-side text-danger">{words(error)}</p>}
      <ul className="-mx-2 max-h-96 overflow-y-auto">
        {rooms?.map(({ id, name, topic }) => (
          <li key={id} className="flex items-center gap-3 rounded-lg px-2 py-2">
            <span className="text-quiet">
              <Hash />
            </span>
            <div className="min-w-0 flex-1">
              <p dir="auto" className="truncate text-control font-medium">
                {name || id}
              </p>
              {topic && (
                <p dir="auto" className="truncate text-side text-quiet">
                  {topic}
                </p>
              )}
            </div>
            <Button className="h-8 px-3 text-side" disabled={isBusy} onClick={() => enter(id)}>
              {join}
            </Button>
          </li>
        ))}
      </ul>
      {mayCreate && (
        <DialogFoot>
          <Button onClick={() => openDialog('create')}>{t('title')}</Button>
        </DialogFoot>
      )}
    </Dialog>
  )
}

export default BrowseRooms
