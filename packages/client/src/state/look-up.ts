import type { MyRoom } from '@parley/protocol'
import { newRoom, withOverview } from './room.ts'
import { type ClientState, doubt, dropRoom, withEntry } from './state.ts'

/** Whatever of a room an answer that was asked for now would be about: if it is another later, the answer may be old. */
export const stampOf = ({ me, doubts, rooms }: ClientState, id: string): string => {
  const room = rooms.get(id)
  return `${me?.id} ${doubts.get(id)?.number} ${room?.told} ${room?.marker}`
}

/**
 * Takes what the server says of a room that was asked for; undefined: it is not one's own.
 * @param stamp as it was when the server was asked
 */
export const takeLookUp = (
  state: ClientState,
  id: string,
  told: MyRoom | undefined,
  { stamp, maxGap }: { readonly stamp: string; readonly maxGap: number },
): ClientState => {
  if (stampOf(state, id) !== stamp) return state
  const since = state.doubts.get(id)?.since
  const certain = state.doubts.has(id) ? { ...state, doubts: withEntry(state.doubts, id, undefined) } : state
  if (!told) return dropRoom(certain, id)
  const entered = since === undefined ? undefined : newRoom({ ...told, rev: since })
  const room = withOverview(certain.rooms.get(id) ?? entered, told, maxGap)
  return { ...certain, rooms: withEntry(certain.rooms, id, room) }
}

/** All one's rooms have been told: those of them that are held and were not told are in doubt. */
export const completeRooms = (state: ClientState, told: ReadonlySet<string>): ClientState => {
  const untold = [...state.rooms.keys()].filter((id) => !told.has(id))
  return untold.reduce<ClientState>((next, id) => doubt(next, id), { ...state, isPartial: false })
}
