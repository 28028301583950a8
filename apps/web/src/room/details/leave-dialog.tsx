import type { RoomState } from '@parley/client'
import { useClient } from '@parley/client/react'
import type { ReactElement } from 'react'
import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { go } from '../../router/router.ts'

interface LeaveDialogProps {
  readonly facts: RoomState['facts']
  readonly title: string
  readonly isOpen: boolean
  readonly close: () => void
}

export const LeaveDialog = ({ facts, title, isOpen, close }: LeaveDialogProps): ReactElement => {
  const t = useTranslations('details')
  const client = useClient()
  return (
    <ConfirmDialog
      title={t('leaveTitle', { room: title })}
      text={t(facts.kind === 'public' ? 'leavePublic' : 'leavePrivate')}
      verb={t('leave')}
      isOpen={isOpen}
      close={close}
      act={async () => {
        await client.leave(facts.id)
        go({ at: 'home' })
      }}
    />
  )
}
