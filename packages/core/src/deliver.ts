import type { ConnectionId, RoomId, UserId } from '@parley/protocol'
import type { SessionId } from './actor.ts'
import { type Ending, endings } from './ending.ts'
import type { Delivery, Event } from './events.ts'
import type { Target } from './ports/connections.ts'
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

const byDialect = (targets: Iterable<Target>, skip: ConnectionId | undefined): Map<string, ConnectionId[]> => {
  const groups = new Map<string, ConnectionId[]>()
  for (const { id, dialect } of targets) {
    if (id === skip) continue
    const group = groups.get(dialect)
    if (group) group.push(id)
    else groups.set(dialect, [id])
  }
  return groups
}

/**
 * Brings an event to whom it is for: encodes it once for each dialect, hands it to the sockets. Writes nothing.
 * @returns the connections that turned out to be gone
 */
export const deliver = async (ports: Ports, { event, skip }: Delivery): Promise<readonly ConnectionId[]> => {
  if (event.type === 'connection-ended') return []
  const ending = endingOf(event)
  const gone: ConnectionId[] = []
  for (const [dialect, ids] of byDialect(await audience(ports, event), skip)) {
    const frame = ports.dialects[dialect]?.encodeEvent(ending ?? event)
    if (frame !== undefined) gone.push(...(await ports.sockets.send(ids, frame)))
    ports.metrics.count('parley_deliveries_total', { type: event.type }, ids.length)
    if (ending) await Promise.all(ids.map((id) => ports.sockets.close(id, ending.code, ending.message)))
  }
  return gone
}
