import { randomUUID } from 'node:crypto'
import type { Clock } from '@parley/core'
import type { ConnectionId, UserId } from '@parley/protocol'
import type { LiveItem, PresentItem } from './connection-items.ts'
import { hasMore } from './connection-life.ts'
import { type Context, randomPause } from './context.ts'
import type { DynamoConnectionsOptions } from './dynamo-connections.ts'
import { openItems } from './items.ts'
import { liveKey, presentKey } from './keys.ts'

/** What the host of sockets asks about connections, which the engine does not. */
export interface ConnectionFacts {
  /** Whether a user has at least so many connections open, greeted or not: cheaper than to open one in vain. */
  hasAsMany(user: UserId, count: number): Promise<boolean>
  /** Milliseconds since a connection was opened; undefined when it was closed, or never was. */
  ageOf(id: ConnectionId): Promise<number | undefined>
}

const systemClock: Clock = { now: Date.now }

export const connectionFacts = ({ client, table, clock = systemClock }: DynamoConnectionsOptions): ConnectionFacts => {
  const items = openItems({ client, table, pause: randomPause })
  const context: Context = { items, now: () => clock.now(), token: randomUUID, pause: randomPause }
  return {
    hasAsMany: async (user, count) => hasMore(context, user, await items.get<PresentItem>(presentKey(user)), count - 1),
    ageOf: async (id) => {
      const live = await items.get<LiveItem>(liveKey(id))
      return live && clock.now() - Date.parse(live.connectedAt)
    },
  }
}
