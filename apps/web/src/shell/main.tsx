import { useRooms } from '@parley/client/react'
import { lazy, type ReactElement, Suspense, useEffect } from 'react'
import { useTranslations } from 'use-intl'
import { lastRoom } from '../preferences/preferences.ts'
import { RoomPage } from '../room/room-page.tsx'
import { go, usePlace } from '../router/router.ts'
import { Notice } from './notice.tsx'
import { PersonPage } from './person-page.tsx'

const AdminPage = lazy(() => import('../admin/admin-page.tsx'))

const isWide = (): boolean => matchMedia('(min-width: 768px)').matches

/** Where there is place for a room beside the list, one begins in the room that was looked at last. */
const Home = (): ReactElement | null => {
  const rooms = useRooms()
  const last = lastRoom.get()
  const first = rooms.find(({ facts }) => facts.id === last) ?? rooms.find(({ facts }) => facts.id === 'general')
  const room = (first ?? rooms[0])?.facts.id
  useEffect(() => {
    if (room && isWide()) go({ at: 'room', room }, { replace: true })
  }, [room])
  return null
}

/** What stands in the middle, by the address. */
export const Main = (): ReactElement | null => {
  const t = useTranslations('room')
  const place = usePlace()
  switch (place.at) {
    case 'home':
    case 'first-owner':
    case 'password':
      return <Home />
    case 'room':
      return <RoomPage key={place.room} room={place.room} seq={place.seq} pane={place.pane} />
    case 'person':
      return <PersonPage key={place.user} user={place.user} />
    case 'admin':
      return (
        <Suspense>
          <AdminPage page={place.page} />
        </Suspense>
      )
    default:
      return <Notice title={t('nowhereTitle')} text={t('nowhereText')} />
  }
}
