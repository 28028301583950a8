import type { ConnectionId, RoomId, UserId } from '@parley/protocol'
import type { SessionId } from './actor.ts'
import { channelOf } from './channel.ts'
import { type Ending, endings } from './ending.ts'
import type { Delivery, Event } from './events.ts'
import type { Target } from './ports/connections.ts'
import type { Dialect } from './ports/dialect.ts'
import type { Ports } from './ports/ports.ts'

/** The connections that hear any of these rooms, each once. */
const inRooms = async (ports: Ports, rooms: readonly RoomId[], atMost?: number): Promise<Iterable<Target>> => {
  const found = new Map<ConnectionId, Target>()
  for (const room of rooms) {
    for (const target of await ports.connections.inRoom(room, atMost)) found.set(target.id, target)
  }
  return found.values()
}

/** All connections of a banned user, also those that were not greeted, each once. */
const ofBanned = async (
  { connections }: Ports,
  user: UserId,
  sessions: readonly SessionId[],
): Promise<Iterable<Target>> => {
  const found = new Map<ConnectionId, Target>()
  for (const target of await connections.ofUser(user)) found.set(target.id, target)
  for (const session of sessions) {
    for (const target of await connections.ofSession(session)) found.set(target.id, target)
  }
  return found.values()
}

/** Who an event is for. */
const audience = (ports: Ports, event: Exclude<Event, Ending>): Promise<Iterable<Target>> => {
  const { connections, settings } = ports
  switch (event.type) {
    case 'message-changed':
    case 'text-grown':
      return connections.inRoom(event.room)
    case 'room-changed':
      return connections.inRoom(event.room.id)
    case 'members-changed':
      return connections.inRoom(event.room.id, settings.smallRoomConnections)
    case 'room-joined':
    case 'room-left':
    case 'note-told':
      return connections.ofUser(event.user)
    case 'user-renamed':
      return inRooms(ports, event.rooms)
    case 'presence-changed':
      return inRooms(ports, event.rooms, settings.smallRoomConnections)
    case 'typed':
      return connections.inRoom(event.room, settings.smallRoomConnections)
    case 'marker-moved':
      return event.told === 'room' ? connections.inRoom(event.room) : connections.ofUser(event.user)
    case 'broadcast-made':
      return connections.all()
    case 'company-told':
      return event.to ? Promise.resolve([event.to]) : connections.inRoom(channelOf(event.dialect))
    case 'session-ended':
      return connections.ofSession(event.session)
    case 'user-banned':
      return ofBanned(ports, event.user, event.sessions)
  }
}

/** The events that end the connections they are for. */
const endingOf = (event: Event): Ending | undefined => {
  if (event.type === 'session-ended') return endings.signedOut
  return event.type === 'user-banned' ? endings.banned : undefined
}

/** The connections of one dialect, and those of them in full that are not all told the same. */
interface Group {
  readonly ids: ConnectionId[]
  readonly hearers: Target[] | undefined
}

const byDialect = (
  { dialects }: Ports,
  targets: Iterable<Target>,
  skip: ConnectionId | undefined,
): ReadonlyMap<string, Group> => {
  const groups = new Map<string, Group>()
  for (const target of targets) {
    const { id, dialect } = target
    if (id === skip) continue
    let group = groups.get(dialect)
    if (!group) {
      group = { ids: [], hearers: dialects[dialect]?.encodeEventFor ? [] : undefined }
      groups.set(dialect, group)
    }
    group.ids.push(id)
    group.hearers?.push(target)
  }
  return groups
}

/** What is to be sent to whom: each frame once. */
const framesFor = (
  dialect: Dialect | undefined,
  { ids, hearers }: Group,
  event: Event,
): Iterable<readonly [frame: string, to: readonly ConnectionId[]]> => {
  if (!hearers) {
    const frame = dialect?.encodeEvent(event)
    return frame === undefined ? [] : [[frame, ids]]
  }
  const frames = new Map<string, ConnectionId[]>()
  for (const hearer of hearers) {
    const frame = dialect?.encodeEventFor?.(event, hearer)
    if (frame === undefined) continue
    const to = frames.get(frame)
    if (to) to.push(hearer.id)
    else frames.set(frame, [hearer.id])
  }
  return frames
}

/**
 * Brings an event to whom it is for: encodes it once for each dialect (or each hearer, where these are not all told the
 * same), hands it to the sockets. Writes nothing.
 * @returns the connections that turned out to be gone
 */
export const deliver = async (ports: Ports, { event, skip }: Delivery): Promise<readonly ConnectionId[]> => {
  if (event.type === 'connection-ended') return []
  const ending = endingOf(event)
  const gone: ConnectionId[] = []
  for (const [dialect, group] of byDialect(ports, await audience(ports, event), skip)) {
    const { ids } = group
    for (const [frame, to] of framesFor(ports.dialects[dialect], group, ending ?? event)) {
      gone.push(...(await ports.sockets.send(to, frame)))
    }
    ports.metrics.count('parley_deliveries_total', { type: event.type }, ids.length)
    if (ending) await Promise.all(ids.map((id) => ports.sockets.close(id, ending.code, ending.message)))
  }
  return gone
}
