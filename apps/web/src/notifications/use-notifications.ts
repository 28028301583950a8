import type { Message } from '@parley/client'
import { useClient, useEvent, useParley } from '@parley/client/react'
import { useEffect } from 'react'
import { useTranslations } from 'use-intl'
import { useRoomTitle } from '../people/use-room-title.ts'
import { pathOf } from '../router/address.ts'
import { openPath } from '../router/router.ts'
import { choiceOf, chosenForRooms, wantsNotifications, wantsSound } from './choices.ts'
import { isTold } from './is-told.ts'
import { chime, show } from './show.ts'

const longest = 200

const mayShow = (): boolean =>
  wantsNotifications.get() && 'Notification' in globalThis && Notification.permission === 'granted'

/** Tells of what is said to oneself while the page is not looked at. */
export const useNotifications = (): void => {
  const t = useTranslations('notify')
  const client = useClient()
  const titleOf = useRoomTitle()
  const tell = ({ id, room, seq, from, text }: Message): void => {
    const facts = client.state.rooms.get(room)?.facts
    if (!facts) return
    const title = facts.kind === 'direct' ? from.name : t('saidIn', { name: from.name, room: titleOf(facts) })
    const told = { id, title, body: text.slice(0, longest), path: pathOf({ at: 'room', room, seq }) }
    show(told, openPath).catch(() => {
      // A browser that shows none has said so when it was asked; what was said stands in the room.
    })
  }
  useEvent('message', ({ room, message, change }) => {
    const { me, rooms } = client.state
    const facts = rooms.get(room)?.facts
    if (change !== 'created' || !me || !facts || !document.hidden) return
    if (!isTold(message, facts.kind, choiceOf(chosenForRooms.get(), room), me)) return
    if (mayShow()) tell(message)
    if (wantsSound.get()) {
      chime().catch(() => {
        // Browsers let a page make sounds only after somebody has used it.
      })
    }
  })

  const unread = useParley(({ rooms }) => [...rooms.values()].reduce((sum, one) => sum + one.unread, 0))
  useEffect(() => {
    if (!('setAppBadge' in navigator)) return
    const shown = unread > 0 ? navigator.setAppBadge(unread) : navigator.clearAppBadge()
    shown.catch(() => {
      // Only an app that is installed has an icon to put it on.
    })
  }, [unread])

  useEffect(() => {
    const listener = ({ data }: MessageEvent<{ readonly open?: unknown }>): void => {
      if (typeof data?.open === 'string') openPath(data.open)
    }
    navigator.serviceWorker?.addEventListener('message', listener)
    return () => navigator.serviceWorker?.removeEventListener('message', listener)
  }, [])
}
