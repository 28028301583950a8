import type { Connection, Target } from '@parley/core'
import type { ConnectionId, RoomId, UserId } from '@parley/protocol'
import type { Key } from './items.ts'
import { hearsKey } from './keys.ts'

/** The truth about a connection that was not closed yet. Times in milliseconds since 1970 but where they are ISO 8601. */
export interface LiveItem extends Key {
  readonly user: UserId
  readonly session: string
  readonly dialect: string
  readonly bag?: string
  /** ISO 8601 */
  readonly connectedAt: string
  readonly leaseUntil: number
  readonly greeted: boolean
  /** Which it hears, or will hear when it is greeted. */
  readonly rooms?: ReadonlySet<RoomId>
  readonly expires: number
}

/**
 * What others may read instead of a {@link LiveItem}: as long as `until` has not come, the connection is alive, since a
 * lease only grows. After that the truth must be asked.
 */
interface Copy {
  readonly until: number
}

/** That a connection hears a room. */
export interface HearsItem extends Key, Copy {
  readonly id: ConnectionId
  readonly user: UserId
  readonly dialect: string
  readonly bag?: string
  readonly expires: number
}

/** A connection among those of its user. */
export interface OwnConnection extends Copy {
  readonly session: string
  readonly dialect: string
  readonly bag?: string
  readonly greeted: boolean
}

/** All connections of a user, each an attribute. */
export type PresentItem = Readonly<Record<string, OwnConnection | string | number>>

const mark = 'c#'
export const attributeOf = (id: ConnectionId): string => `${mark}${id}`

export const ownConnections = (item: PresentItem | undefined): ReadonlyMap<ConnectionId, OwnConnection> =>
  new Map(
    Object.entries(item ?? {}).flatMap(([name, own]) =>
      name.startsWith(mark) && typeof own === 'object' ? [[name.slice(mark.length) as ConnectionId, own]] : [],
    ),
  )

const daySeconds = 86_400
/** When DynamoDB may delete an item, if nobody does: seconds since 1970. A connection of API Gateway lives two hours. */
export const expiryOf = (leaseUntil: number): number => Math.ceil(leaseUntil / 1000) + daySeconds

export const liveConnection = (
  key: Key,
  { user, session, dialect, bag }: Connection,
  connectedAt: string,
  leaseUntil: number,
): LiveItem => ({
  ...key,
  user,
  session,
  dialect,
  ...(bag !== undefined && { bag }),
  connectedAt,
  leaseUntil,
  greeted: false,
  expires: expiryOf(leaseUntil),
})

export const hearsItem = (room: RoomId, id: ConnectionId, live: LiveItem): HearsItem => ({
  ...hearsKey(room, live.user, id),
  id,
  user: live.user,
  dialect: live.dialect,
  ...(live.bag !== undefined && { bag: live.bag }),
  until: live.leaseUntil,
  expires: live.expires,
})

export const ownOf = ({ session, dialect, bag, greeted, leaseUntil }: LiveItem): OwnConnection => ({
  session,
  dialect,
  ...(bag !== undefined && { bag }),
  greeted,
  until: leaseUntil,
})

export const targetOf = (
  id: ConnectionId,
  { user, dialect, bag }: { readonly user: UserId; readonly dialect: string; readonly bag?: string },
): Target => ({
  id,
  user,
  dialect,
  ...(bag !== undefined && { bag }),
})
