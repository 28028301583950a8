import { useParley } from '@parley/client/react'
import { useFormatter, useTranslations } from 'use-intl'
import { useDirectory } from '../../people/use-directory.ts'
import { useRoomTitle } from '../../people/use-room-title.ts'
import type { Group } from './usage-sums.ts'

/** Says what a day, room, person or model is called. */
export const useShareName = (): ((group: Group, id: string) => string) => {
  const unknown = useTranslations('room')('unknownPerson')
  const format = useFormatter()
  const titleOf = useRoomTitle()
  const rooms = useParley((state) => state.rooms)
  const people = new Map(useDirectory().map(({ id, name }) => [id as string, name]))
  return (group, id) => {
    switch (group) {
      case 'day':
        return format.dateTime(new Date(id), { dateStyle: 'medium', timeZone: 'UTC' })
      case 'room': {
        const facts = rooms.get(id)?.facts
        return facts ? titleOf(facts) : id
      }
      case 'user':
        return people.get(id) ?? unknown
      case 'model':
        return id
    }
  }
}
