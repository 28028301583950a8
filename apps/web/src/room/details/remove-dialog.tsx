import type { User } from '@parley/client'
import { useClient } from '@parley/client/react'
import type { ReactElement } from 'react'
import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'

interface RemoveDialogProps {
  readonly user: User
  readonly room: string
  readonly roomTitle: string
  readonly isOpen: boolean
  readonly close: () => void
}

export const RemoveDialog = ({ user, room, roomTitle, isOpen, close }: RemoveDialogProps): ReactElement => {
  const t = useTranslations('details')
  const client = useClient()
  return (
    <ConfirmDialog
      title={t('removeTitle', { name: user.name, room: roomTitle })}
      text={t('removeText')}
      verb={t('remove')}
      isOpen={isOpen}
      close={close}
      act={() => client.remove(room, user.id)}
    />
  )
}
