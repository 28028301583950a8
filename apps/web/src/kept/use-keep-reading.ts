import { useClient } from '@parley/client/react'
import { useEffect, useEffectEvent } from 'react'
import { useRoomTitle } from '../people/use-room-title.ts'
import { usePlace } from '../router/router.ts'
import { keptSession } from '../session/kept-session.ts'
import { withRoom } from './kept-rooms.ts'
import { keptRooms } from './kept-store.ts'

/** Keeps what was read of a room when one leaves it, for when the server cannot be reached; forgets it with the session. */
export const useKeepReading = (): void => {
  const client = useClient()
  const titleOf = useRoomTitle()
  const place = usePlace()
  const here = place.at === 'room' ? place.room : undefined
  const keep = useEffectEvent((id: string) => {
    const { me, rooms } = client.state
    const room = rooms.get(id)
    if (me && room && keptSession.get()) keptRooms.set(withRoom(keptRooms.get(), me.id, room, titleOf(room.facts)))
  })
  useEffect(() => {
    if (here === undefined) return
    const leave = (): void => keep(here)
    addEventListener('pagehide', leave)
    document.addEventListener('visibilitychange', leave)
    return () => {
      removeEventListener('pagehide', leave)
      document.removeEventListener('visibilitychange', leave)
      leave()
    }
  }, [here])
  useEffect(
    () =>
      keptSession.subscribe(() => {
        if (!keptSession.get()) keptRooms.set(undefined)
      }),
    [],
  )
}
