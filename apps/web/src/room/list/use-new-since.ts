import { useClient } from '@parley/client/react'
import { useEffect, useState } from 'react'

/** A longer room does not open at its first message for who comes for the first time, to whom all of it is new. */
const startedOverAtMost = 50

/**
 * The seq after which messages are new: as one came into the room, or as one looked away from the page. It stays while
 * one reads, so that the line does not move; `seen` takes it away.
 */
export const useNewSince = (room: string): readonly [number | undefined, () => void] => {
  const client = useClient()
  const [since, setSince] = useState<number | undefined>(() => {
    const held = client.state.rooms.get(room)
    if (!held || held.unread === 0) return undefined
    return held.read > 0 || held.unread <= startedOverAtMost ? held.read : undefined
  })
  useEffect(() => {
    const lookAway = (): void => {
      const held = client.state.rooms.get(room)
      if (held?.unread === 0) setSince(held.window.messages.at(-1)?.seq)
    }
    addEventListener('blur', lookAway)
    const callOff = client.on('sent', ({ outgoing }) => {
      if (outgoing.room === room) setSince(undefined)
    })
    return () => {
      removeEventListener('blur', lookAway)
      callOff()
    }
  }, [client, room])
  return [since, () => setSince(undefined)]
}
