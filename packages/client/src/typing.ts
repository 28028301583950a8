import type { RoomId } from '@parley/protocol'
import type { Clock } from './edges.ts'
import type { Link } from './link.ts'
import { forgetTyping } from './state/apply.ts'
import type { Store } from './store.ts'

/** Says that one is writing, and forgets of others that they were. */
export interface Typing {
  /** To be called at every keystroke; tells the server now and then. */
  say(room: string): void
  /** Somebody is writing. */
  heard(room: string, user: string): void
}

/** Between two that are sent for a room. */
const everyMs = 3_000
/** After the last that came: longer than the time between two. */
const forgottenMs = 6_000

interface Options {
  readonly clock: Clock
  readonly store: Store
  readonly link: () => Link | undefined
}

export const createTyping = ({ clock, store, link }: Options): Typing => {
  const saidAt = new Map<string, number>()
  const forgetting = new Map<string, () => void>()
  return {
    say(room) {
      const now = clock.now()
      const there = link()
      if (!there || now - (saidAt.get(room) ?? 0) < everyMs) return
      saidAt.set(room, now)
      there.say({ action: 'typing', room: room as RoomId })
    },
    heard(room, user) {
      const key = `${room} ${user}`
      forgetting.get(key)?.()
      const callOff = clock.after(forgottenMs, () => {
        forgetting.delete(key)
        store.update((state) => forgetTyping(state, room, user))
      })
      forgetting.set(key, callOff)
    },
  }
}
