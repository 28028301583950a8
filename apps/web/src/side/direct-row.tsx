import { type RoomOverview, useMe, useParley } from '@parley/client/react'
import { PersonIcon } from '@radix-ui/react-icons'
import type { ReactElement } from 'react'
import { useTranslations } from 'use-intl'
import { Avatar } from '../parts/avatar.tsx'
import { otherOf, useRoomTitle } from '../people/use-room-title.ts'
import { Row } from './row.tsx'

export const DirectRow = ({ facts, unread }: RoomOverview): ReactElement => {
  const t = useTranslations('side')
  const me = useMe()
  const title = useRoomTitle()(facts)
  const other = otherOf(facts, me?.id)
  const user = useParley(({ people }) => (other ? people.get(other) : undefined))
  const online = useParley((state) => (other ? state.online.get(other) : undefined))
  const isSelf = other === me?.id
  return (
    <Row
      to={{ at: 'room', room: facts.id }}
      icon={
        other ? (
          <Avatar
            id={other}
            name={title}
            kind={user?.kind}
            size="small"
            online={isSelf ? undefined : online === true}
          />
        ) : (
          <PersonIcon />
        )
      }
      name={title}
      note={isSelf ? t('you') : undefined}
      unread={unread}
    />
  )
}
