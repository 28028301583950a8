import { stampOf } from './state/look-up.ts'
import type { ClientState, RoomState } from './state/state.ts'

/** Something that has to be asked so that the state is what it would be if it were fetched anew. */
export type Need =
  /** Changes above `since` were missed. */
  | { readonly kind: 'sync'; readonly room: string; readonly since: number }
  /** Before a piece of a growing text, that begins at `at`, something is missing: `since` is the rev before the message's. */
  | { readonly kind: 'text'; readonly room: string; readonly since: number; readonly at: number }
  /** The newest messages of a room that is looked at are not held. */
  | { readonly kind: 'page'; readonly room: string; readonly before: number }
  /** Whether one is in a room, and how many messages are unread. */
  | { readonly kind: 'look-up'; readonly room: string; readonly stamp: string }
  /** Which rooms one has besides those that `welcome` had place for. */
  | { readonly kind: 'rooms'; readonly room: '' }
  /** Who is in a room. `asOf`: the state of affairs that the answer will be about. */
  | { readonly kind: 'members'; readonly room: string; readonly asOf: number }

/** Messages that an opened room shows at first. */
export const firstPage = 30

/** Of which rooms the members are wanted, and as of when they were last fetched. */
export interface Interest {
  readonly watched: ReadonlySet<string>
  readonly fetched: ReadonlyMap<string, number>
}

const lookUp = (state: ClientState, room: string): Need => ({ kind: 'look-up', room, stamp: stampOf(state, room) })

const namesMissing = ({ facts }: RoomState, { people }: ClientState): boolean =>
  facts.with?.some((id) => !people.has(id)) ?? false

const ofRoom = (state: ClientState, room: RoomState, { watched, fetched }: Interest): Need | undefined => {
  const { id, window, isCounted, wanted, told, members } = room
  if (window.newest > window.complete) return { kind: 'sync', room: id, since: window.complete }
  const [piece] = window.ahead
  if (piece) return { kind: 'text', room: id, since: piece.rev - 1, at: piece.at }
  if (state.opened.has(id) && window.start > 0 && window.messages.length < firstPage) {
    return { kind: 'page', room: id, before: window.start + 1 }
  }
  if (!isCounted && wanted === 0) return lookUp(state, id)
  if (members && (fetched.get(id) ?? -1) >= told) return undefined
  return watched.has(id) || namesMissing(room, state) ? { kind: 'members', room: id, asOf: told } : undefined
}

/** What there is to ask, one thing for each room, those that are looked at first. */
export const needsOf = (state: ClientState, interest: Interest): readonly Need[] => {
  const rooms: Need[] = state.isPartial ? [{ kind: 'rooms', room: '' }] : []
  const doubts = [...state.doubts.keys()].map((room) => lookUp(state, room))
  const needs = [...state.rooms.values()]
    .filter(({ id }) => !state.doubts.has(id))
    .flatMap((room) => ofRoom(state, room, interest) ?? [])
  const isLookedAt = ({ room }: Need): number => (state.opened.has(room) ? 0 : 1)
  return [...rooms, ...doubts, ...needs].sort((one, other) => isLookedAt(one) - isLookedAt(other))
}
