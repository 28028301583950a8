import type { RoomState } from '@parley/client'
import { useMe, usePeople } from '@parley/client/react'
import { useFormatter, useTranslations } from 'use-intl'

type Facts = RoomState['facts']

/** Says what a room is called: a direct one after the others in it. */
export const useRoomTitle = () => {
  const t = useTranslations('room')
  const format = useFormatter()
  const me = useMe()
  const people = usePeople()
  return ({ kind, name, id, with: ids = [] }: Facts): string => {
    if (kind !== 'direct') return name || id
    const others = ids.filter((user) => user !== me?.id)
    const names = (others.length > 0 ? others : ids).map((user) => people.get(user)?.name ?? t('unknownPerson'))
    return format.list(names, { type: 'unit', style: 'short' })
  }
}

/** The other one of a direct room of two; undefined where there are more, or it is no direct room. */
export const otherOf = ({ kind, with: ids = [] }: Facts, me: string | undefined): string | undefined => {
  if (kind !== 'direct') return undefined
  const others = ids.filter((user) => user !== me)
  if (others.length === 0) return ids[0]
  return others.length === 1 ? others[0] : undefined
}
