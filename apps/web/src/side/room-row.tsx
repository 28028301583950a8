import type { RoomOverview } from '@parley/client/react'
import { LockClosedIcon } from '@radix-ui/react-icons'
import type { ReactElement } from 'react'
import { useTranslations } from 'use-intl'
import { Row } from './row.tsx'

/** The sign of a public room. */
export const Hash = (): ReactElement => (
  <svg
    viewBox="0 0 15 15"
    width="15"
    height="15"
    fill="none"
    stroke="currentColor"
    strokeLinecap="round"
    aria-hidden="true"
  >
    <path d="M5.900 2.500 4.400 12.500M10.600 2.500 9.100 12.500M2.800 5.300h9.900M2.300 9.700h9.900" />
  </svg>
)

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
