import type { MyRoom, Room } from '@parley/protocol'
import { limits } from '@parley/protocol/limits'
import type { RoomState } from './state.ts'
import { hear, heldAbove, newWindow, trim, type Window } from './window.ts'

type Uncounted = Omit<RoomState, 'read' | 'unread' | 'isCounted'>

const capped = (count: number): number => Math.min(count, limits.unreadMax)

/** What follows from window, count and marker. Where nothing certain does, the least that is known. */
const counted = (room: Uncounted): RoomState => {
  const { window, count, marker, wanted } = room
  const read = Math.max(marker, wanted)
  const above = heldAbove(window, read)
  if (window.start <= read || above >= limits.unreadMax) {
    return { ...room, read, unread: capped(above), isCounted: true }
  }
  if (count && count.read === read && window.start <= count.rev) {
    const since = heldAbove(window, count.rev)
    return { ...room, read, unread: capped(count.unread + since), isCounted: true }
  }
  return { ...room, read, unread: capped(above), isCounted: false }
}

export const changed = (room: RoomState, change: Partial<Uncounted>): RoomState => counted({ ...room, ...change })

/** A new window; the same room if it is the same. */
export const withWindow = (room: RoomState, window: Window): RoomState =>
  window === room.window ? room : changed(room, { window })

const factsOf = ({ id, kind, name, topic, with: people, bot }: Room): RoomState['facts'] => ({
  id,
  kind,
  name,
  topic,
  ...(people && { with: people }),
  ...(bot && { bot }),
})

const isSame = (one: RoomState['facts'], other: RoomState['facts']): boolean =>
  one.kind === other.kind &&
  one.name === other.name &&
  one.topic === other.topic &&
  one.with?.join() === other.with?.join() &&
  JSON.stringify(one.bot) === JSON.stringify(other.bot)

/** A room that was not held before. Of its messages those are held that come from now on. */
export const newRoom = (room: Room): RoomState =>
  counted({
    id: room.id,
    facts: factsOf(room),
    window: newWindow(room.rev),
    count: undefined,
    marker: 0,
    wanted: 0,
    readBy: new Map(),
    typing: [],
    members: undefined,
    told: 0,
  })

/** The facts as a frame tells them, which it does as well when somebody came or went. */
export const withFacts = (room: RoomState, told: Room): RoomState => {
  const facts = factsOf(told)
  return changed(room, {
    facts: isSame(facts, room.facts) ? room.facts : facts,
    window: hear(room.window, told.rev),
    told: room.told + 1,
  })
}

/**
 * A room as `welcome` or the list of rooms tells it. Of a gap of more than `maxGap` changes nothing is fetched: what is
 * held then begins anew.
 */
export const withOverview = (held: RoomState | undefined, told: MyRoom, maxGap: number): RoomState => {
  const room = held ?? newRoom(told)
  const isFar = told.rev - room.window.complete > maxGap
  return changed(withFacts(room, told), {
    count: { rev: told.rev, read: told.read, unread: told.unread },
    marker: told.read,
    wanted: room.wanted > told.read ? room.wanted : 0,
    ...(isFar && { window: newWindow(told.rev) }),
  })
}

/** Messages that are held of a room that nobody looks at, between these two numbers. */
const keptClosed = { atMost: 200, atLeast: 100 } as const

/** Forgets old messages of a room that nobody looks at. */
export const slim = (room: RoomState): RoomState => {
  if (room.window.messages.length <= keptClosed.atMost || !room.isCounted) return room
  const window = trim(room.window, keptClosed.atLeast)
  if (window === room.window) return room
  const unread = Math.max(0, room.unread - heldAbove(window, Math.max(window.start, room.read)))
  return changed(room, { window, count: { rev: window.start, read: room.read, unread } })
}
