import { useClient } from '@parley/client/react'
import { useEffect } from 'react'
import { openDialog } from '../dialogs/open-dialog.ts'
import { sideHidden } from '../preferences/preferences.ts'
import { currentPlace, go } from '../router/router.ts'
import { byPlace } from '../side/sort.ts'
import { hasModifier } from './platform.ts'

/** The shortcuts that work everywhere. Those of the composer and of messages stand with them. */
export const useKeys = (): void => {
  const client = useClient()
  useEffect(() => {
    const listed = () => {
      const all = [...client.state.rooms.values()]
      const rooms = all.filter(({ facts }) => facts.kind !== 'direct').sort(byPlace)
      return [...rooms, ...all.filter(({ facts }) => facts.kind === 'direct').reverse()]
    }
    const step = (by: 1 | -1, isUnreadOnly: boolean): void => {
      const place = currentPlace()
      const rooms = listed()
      const here = rooms.findIndex(({ id }) => place.at === 'room' && id === place.room)
      for (let away = 1; away <= rooms.length; away += 1) {
        const next = rooms[(here + by * away + rooms.length * 2) % rooms.length]
        if (next && (!isUnreadOnly || next.unread > 0)) {
          go({ at: 'room', room: next.id })
          return
        }
      }
    }
    const toggleDetails = (): void => {
      const place = currentPlace()
      if (place.at !== 'room') return
      const { pane, ...rest } = place
      go(pane ? rest : { ...rest, pane: 'details' })
    }
    const act = (event: KeyboardEvent): boolean => {
      if (hasModifier(event) && !event.altKey) {
        const key = event.key.toLowerCase()
        if (key === 'k') openDialog('switcher')
        else if (key === '/') openDialog('shortcuts')
        else if (key === 'i' && !event.shiftKey) toggleDetails()
        else if (key === '\\') sideHidden.set(!sideHidden.get())
        else return false
        return true
      }
      if (event.altKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
        step(event.key === 'ArrowDown' ? 1 : -1, event.shiftKey)
        return true
      }
      return false
    }
    const listener = (event: KeyboardEvent): void => {
      if (act(event)) event.preventDefault()
    }
    addEventListener('keydown', listener)
    return () => removeEventListener('keydown', listener)
  }, [client])
}
