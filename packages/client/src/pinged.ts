import { limits } from '@parley/protocol/limits'
import type { ClientState } from './state/state.ts'

/** The rooms to name in a ping: those that are looked at, and of the others as many as it holds, in turns. */
export const pingedRooms = (read: () => ClientState): (() => readonly string[]) => {
  let turn = 0
  return () => {
    const { rooms, opened } = read()
    const ids = [...rooms.keys()]
    const first = ids.filter((id) => opened.has(id)).slice(0, limits.pingRooms)
    const others = ids.filter((id) => !opened.has(id))
    const place = limits.pingRooms - first.length
    if (others.length <= place) return [...first, ...others]
    const from = turn % others.length
    turn = from + place
    return [...first, ...[...others, ...others].slice(from, from + place)]
  }
}
