import type { ConnectionId, RoomId } from '@parley/protocol'
import type { Connection } from '../../actor.ts'
import type { Target } from '../../ports/connections.ts'
import type { GivenConnections } from '../connections-contract.ts'
import { instant, sessionId, userId } from '../samples.ts'

export const connectionId = (word: string): ConnectionId => word as ConnectionId

/** A connection of a user, in the session of the same number unless said otherwise. */
export const connection = (word: string, user: number, more: Partial<Connection> = {}): Connection => ({
  id: connectionId(word),
  user: userId(user),
  session: sessionId(user),
  dialect: 'parley',
  expiresAt: instant(86_400_000),
  ...more,
})

export const leaseMs = 60_000

/** Opens a connection now. */
export const open = ({ connections, clock }: GivenConnections, what: Connection, atMost?: number): Promise<boolean> =>
  connections.open(what, clock.iso(), clock.iso(leaseMs), atMost)

/** Opens a connection now, and greets it. */
export const greet = async (given: GivenConnections, what: Connection, rooms: readonly RoomId[] = []) => {
  await open(given, what)
  return given.connections.enter(what.id, rooms)
}

/** The ids of targets, sorted. */
export const ids = (targets: Iterable<Target>): readonly string[] => [...targets].map(({ id }) => id).sort()
