import type { RoomId } from '@parley/protocol'
import type { Clock } from './edges.ts'
import { asParleyError } from './errors.ts'
import type { Requests } from './requests.ts'
import { wantRead } from './state/apply.ts'
import { changed } from './state/room.ts'
import { changeRoom } from './state/state.ts'
import type { Store } from './store.ts'

/** Moves read markers: here at once, at the server soon, and again until it has heard. */
export interface Markers {
  /** Everything up to a seq was read; the newest message that is held, if left out. */
  read(room: string, seq?: number): void
  /** Tells the server what it has not heard: a link is there. */
  flush(): void
}

interface Options {
  readonly clock: Clock
  readonly store: Store
  readonly requests: Requests
  readonly isOnline: () => boolean
}

/** Who scrolls reads many messages in a short time: the first is told at once, of the others in this time the last. */
const gatherMs = 300

export const createMarkers = ({ clock, store, requests, isOnline }: Options): Markers => {
  const underWay = new Set<string>()
  let callOff: (() => void) | undefined

  const tell = async (id: string, seq: number): Promise<void> => {
    underWay.add(id)
    try {
      await requests.ask<'read'>({ action: 'read', room: id as RoomId, seq })
    } catch (thrown) {
      if (asParleyError(thrown).retry === null) {
        store.update((state) => changeRoom(state, id, (room) => changed(room, { wanted: 0 })))
      }
    }
    underWay.delete(id)
    if ((store.get().rooms.get(id)?.wanted ?? 0) > 0) flushSoon()
  }
  const flush = (): void => {
    callOff?.()
    callOff = undefined
    if (!isOnline()) return
    for (const { id, wanted } of store.get().rooms.values()) {
      if (wanted > 0 && !underWay.has(id)) tell(id, wanted)
    }
  }
  const flushSoon = (): void => {
    callOff ??= clock.after(gatherMs, flush)
  }
  return {
    read(room, seq) {
      const newest = store.get().rooms.get(room)?.window.messages.at(-1)?.seq ?? 0
      store.update((state) => wantRead(state, room, seq ?? newest))
      if (callOff) return
      flush()
      flushSoon()
    },
    flush,
  }
}
