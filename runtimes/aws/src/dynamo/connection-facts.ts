import type { Clock } from '@parley/core'
import type { ConnectionId, UserId } from '@parley/protocol'
import { type LiveItem, ownConnections, type PresentItem } from './connection-items.ts'
import { randomPause } from './context.ts'
import type { DynamoConnectionsOptions } from './dynamo-connections.ts'
import { openItems } from './items.ts'
import { liveKey, presentKey } from './keys.ts'

/** What the host of sockets asks about connections, which the engine does not. */
export interface ConnectionFacts {
  /** How many connections of a user were opened and not closed, greeted or not. */
  countOf(user: UserId): Promise<number>
  /** Milliseconds since a connection was opened; undefined when it was closed, or never was. */
  ageOf(id: ConnectionId): Promise<number | undefined>
}

const systemClock: Clock = { now: Date.now }

export const connectionFacts = ({ client, table, clock = systemClock }: DynamoConnectionsOptions): ConnectionFacts => {
  const items = openItems({ client, table, pause: randomPause })
  return {
    countOf: async (user) => {
      const own = ownConnections(await items.get<PresentItem>(presentKey(user)))
      return own
        .values()
        .filter(({ until }) => until >= clock.now())
        .reduce((sum) => sum + 1, 0)
    },
    ageOf: async (id) => {
      const live = await items.get<LiveItem>(liveKey(id))
      return live && clock.now() - Date.parse(live.connectedAt)
    },
  }
}
