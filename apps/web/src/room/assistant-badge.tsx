import { useMembers, useParley, useRoom } from '@parley/client/react'
import type { ReactElement } from 'react'
import { useTranslations } from 'use-intl'
import { Spark } from '../parts/avatar.tsx'
import { IconButton } from '../parts/icon-button.tsx'

interface AssistantBadgeProps {
  readonly room: string
  readonly open: () => void
}

/** Says that an assistant may speak in the room, and when. */
export const AssistantBadge = ({ room, open }: AssistantBadgeProps): ReactElement | null => {
  const t = useTranslations('assistant')
  const facts = useRoom(room)
  const members = useMembers(room)
  const hasBot = useParley(({ people }) => members?.some(({ id }) => people.get(id)?.kind === 'bot') ?? false)
  const speaks = facts?.bot?.speaks ?? 'mentioned'
  if (!facts || facts.kind === 'direct' || !hasBot || speaks === 'off') return null
  return (
    <IconButton label={t(`badge_${speaks}`)} onClick={open} className="text-accent [&_svg]:size-[17px]">
      <Spark />
    </IconButton>
  )
}
