import type { ConnectionId, UserId } from '@parley/protocol'
import type { LiveItem, PresentItem } from './connection-items.ts'
import { hasMore } from './connection-life.ts'
import { liveKey, presentKey } from './keys.ts'
import { type DynamoOptions, openContext } from './open-context.ts'

/** What the host of sockets asks about connections, which the engine does not. */
export interface ConnectionFacts {
  /** Whether a user has at least so many connections open, greeted or not: cheaper than to open one in vain. */
  hasAsMany(user: UserId, count: number): Promise<boolean>
  /** Milliseconds since a connection was opened; undefined when it was closed, or never was. */
  ageOf(id: ConnectionId): Promise<number | undefined>
}

export const connectionFacts = (options: DynamoOptions): ConnectionFacts => {
  const context = openContext(options)
  const { items, now } = context
  return {
    hasAsMany: async (user, count) => hasMore(context, user, await items.get<PresentItem>(presentKey(user)), count - 1),
    ageOf: async (id) => {
      const live = await items.get<LiveItem>(liveKey(id))
      return live && now() - Date.parse(live.connectedAt)
    },
  }
}
