import { useMe, useRooms } from '@parley/client/react'
import type { ReactElement } from 'react'
import { useTranslations } from 'use-intl'
import { Avatar } from '../parts/avatar.tsx'
import { useDirectory } from '../people/use-directory.ts'
import { otherOf } from '../people/use-room-title.ts'
import { Row } from './row.tsx'
import { Section } from './section.tsx'

const atMost = 20

/** People and bots with whom there is no direct room yet: who is connected comes first. */
export const People = (): ReactElement | null => {
  const t = useTranslations('side')
  const me = useMe()
  const directory = useDirectory()
  const rooms = useRooms()
  const written = new Set(rooms.map(({ facts }) => otherOf(facts, me?.id)))
  const others = directory
    .filter(({ id, kind, online }) => id !== me?.id && !written.has(id) && (online || kind !== 'guest'))
    .sort((one, other) => Number(other.online) - Number(one.online))
  if (others.length === 0) return null
  return (
    <Section title={t('people')}>
      {others.slice(0, atMost).map(({ id, name, kind, online }) => (
        <Row
          key={id}
          to={{ at: 'person', user: id }}
          icon={<Avatar id={id} name={name} kind={kind} size="small" online={kind === 'bot' ? undefined : online} />}
          name={name}
        />
      ))}
    </Section>
  )
}
