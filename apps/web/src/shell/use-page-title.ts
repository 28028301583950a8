import { useParley } from '@parley/client/react'
import { useEffect } from 'react'
import { useRoomTitle } from '../people/use-room-title.ts'
import { usePlace } from '../router/router.ts'

/** The title of the tab: how much is unread, and where one is. */
export const usePageTitle = (): void => {
  const place = usePlace()
  const titleOf = useRoomTitle()
  const room = useParley(({ rooms }) => (place.at === 'room' ? rooms.get(place.room)?.facts : undefined))
  const unread = useParley(({ rooms }) => [...rooms.values()].filter((one) => one.unread > 0).length)
  const title = [room && titleOf(room), 'Parley'].filter(Boolean).join(' · ')
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) ${title}` : title
  }, [title, unread])
}
