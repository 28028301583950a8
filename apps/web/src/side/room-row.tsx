import type { RoomOverview } from '@parley/client/react'
import { LockClosedIcon } from '@radix-ui/react-icons'
import type { ReactElement } from 'react'
import { useTranslations } from 'use-intl'
import { Hash } from '../parts/drawn-icons.tsx'
import { Row } from './row.tsx'

export const RoomRow = ({ facts, unread }: RoomOverview): ReactElement => {
  const t = useTranslations('side')
  const isPrivate = facts.kind === 'private'
  return (
    <Row
      to={{ at: 'room', room: facts.id }}
      icon={isPrivate ? <LockClosedIcon aria-label={t('privateRoom')} /> : <Hash />}
      name={facts.name || facts.id}
      unread={unread}
    />
  )
}
