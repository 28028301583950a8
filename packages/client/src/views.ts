import type { RoomId } from '@parley/protocol'
import type { Healer } from './healer.ts'
import type { Requests } from './requests.ts'
import { slim } from './state/room.ts'
import { changeRoom } from './state/state.ts'
import type { Store } from './store.ts'

/** What somebody looks at, and so is fetched and held. */
export interface Views {
  /**
   * Holds a room's newest messages, and all older ones that are fetched, until what is returned is called. May be
   * called before one is connected, and several times.
   */
  open(room: string): () => void
  /**
   * Fetches a page of older messages of a room.
   * @returns whether there are still older ones
   * @throws ParleyError
   */
  older(room: string): Promise<boolean>
  /** Holds who is in a room, until what is returned is called. */
  watchMembers(room: string): () => void
}

interface Options {
  readonly store: Store
  readonly requests: Requests
  readonly healer: Healer
}

const once = (act: () => void): (() => void) => {
  let isDone = false
  return () => {
    if (!isDone) act()
    isDone = true
  }
}

export const createViews = ({ store, requests, healer }: Options): Views => {
  const counts = new Map<string, number>()
  const fetching = new Map<string, Promise<boolean>>()

  const close = (room: string): void => {
    const left = (counts.get(room) ?? 1) - 1
    if (left > 0) {
      counts.set(room, left)
      return
    }
    counts.delete(room)
    store.update((state) => {
      const opened = new Set(state.opened)
      opened.delete(room)
      return changeRoom({ ...state, opened }, room, slim)
    })
  }
  const hasOlder = (room: string): boolean => (store.get().rooms.get(room)?.window.start ?? 0) > 0
  const fetchOlder = async (room: string): Promise<boolean> => {
    const before = (store.get().rooms.get(room)?.window.start ?? 0) + 1
    await requests.ask<'history'>({ action: 'history', room: room as RoomId, before })
    return hasOlder(room)
  }
  return {
    open(room) {
      counts.set(room, (counts.get(room) ?? 0) + 1)
      store.update((state) => ({ ...state, opened: new Set([...state.opened, room]) }))
      healer.lookNow()
      return once(() => close(room))
    },
    async older(room) {
      if (!hasOlder(room)) return false
      const known = fetching.get(room)
      if (known) return known
      const page = fetchOlder(room).finally(() => fetching.delete(room))
      fetching.set(room, page)
      return page
    },
    watchMembers: (room) => once(healer.watchMembers(room)),
  }
}
