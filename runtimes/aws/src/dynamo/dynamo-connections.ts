import type { Connections, Target } from '@parley/core'
import type { ConnectionId, UserId } from '@parley/protocol'
import { bagOf, keepBag } from './bags.ts'
import { type LiveItem, type OwnConnection, type PresentItem, targetOf } from './connection-items.ts'
import {
  closeConnection,
  enterConnection,
  openConnection,
  renewLease,
  stateOf,
  userOfSession,
} from './connection-life.ts'
import type { Context } from './context.ts'
import { hearersOf, joinRoom, leaveRoom } from './hearing.ts'
import type { Key } from './items.ts'
import { livePartitions, presentKey } from './keys.ts'
import { isAlive, livingOwn } from './leases.ts'
import { type DynamoOptions, openContext } from './open-context.ts'
import { listRecords } from './records.ts'

/** The connections of a user that are alive. */
const ownOf = async (context: Context, user: UserId): Promise<ReadonlyMap<ConnectionId, OwnConnection>> =>
  livingOwn(context, user, await context.items.get<PresentItem>(presentKey(user)))

/** Those of the users who have a greeted connection that is alive. */
const onlineOf = async (context: Context, users: readonly UserId[]): Promise<ReadonlySet<UserId>> => {
  const items = await context.items.getMany<PresentItem & Key>(users.map(presentKey))
  const found = new Map(items.map((item) => [item.pk, item]))
  const online = new Set<UserId>()
  await Promise.all(
    users.map(async (user) => {
      const own = await livingOwn(context, user, found.get(presentKey(user).pk))
      if (own.values().some(({ greeted }) => greeted)) online.add(user)
    }),
  )
  return online
}

const targets = (
  user: UserId,
  own: ReadonlyMap<ConnectionId, OwnConnection>,
  wanted: (one: OwnConnection) => boolean,
): readonly Target[] => [...own].filter(([, one]) => wanted(one)).map(([id, one]) => targetOf(id, { ...one, user }))

/** All connections that were not closed. */
const everyLive = async ({ items }: Context): Promise<readonly LiveItem[]> => {
  const parts = await Promise.all(
    livePartitions.map(async (pk) => {
      const found: LiveItem[] = []
      for await (const page of items.pages<LiveItem>({ pk })) found.push(...page)
      return found
    }),
  )
  return parts.flat()
}

/**
 * {@link Connections} in one table of DynamoDB, which may be that of the store.
 *
 * What each act asks for; a test computes it:
 *
 * | act                                 | requests | write units | read units |
 * |-------------------------------------|---------:|------------:|-----------:|
 * | open a connection                   |        5 |           4 |          1 |
 * | open another in the same session    |        4 |           3 |          1 |
 * | enter, with 5 rooms                 |        4 |           7 |          1 |
 * | where a connection stands           |        1 |           0 |          1 |
 * | renew a lease                       |        1 |           1 |          0 |
 * | who hears a room of 2               |        1 |           0 |          1 |
 * | who hears a room of 10              |        1 |           0 |          1 |
 * | who hears a room of 100             |        1 |           0 |          4 |
 * | the connections of a user           |        1 |           0 |          1 |
 * | the connections of a session        |        2 |           0 |          2 |
 * | hear another room, by 2 connections |        5 |           3 |          2 |
 * | hear it no longer                   |        5 |           3 |          2 |
 * | close, with 5 rooms                 |        6 |           9 |          1 |
 */
export const dynamoConnections = (options: DynamoOptions): Connections => {
  const context = openContext(options)
  return {
    open: (connection, at, leaseUntil, atMost = Number.POSITIVE_INFINITY) =>
      openConnection(context, connection, at, Date.parse(leaseUntil), atMost),
    enter: (id, rooms) => enterConnection(context, id, rooms),
    state: (id) => stateOf(context, id),
    renew: (id, leaseUntil) => renewLease(context, id, Date.parse(leaseUntil)),
    keepBag: (id, bag) => keepBag(context, id, bag),
    bag: (id) => bagOf(context, id),
    close: (id, at) => closeConnection(context, id, at),
    join: (user, room) => joinRoom(context, user, room),
    leave: (user, room) => leaveRoom(context, user, room),
    inRoom: (room, atMost) => hearersOf(context, room, atMost),
    ofUser: async (user) => targets(user, await ownOf(context, user), ({ greeted }) => greeted),
    ofSession: async (session) => {
      const user = await userOfSession(context, session)
      return user === undefined ? [] : targets(user, await ownOf(context, user), (one) => one.session === session)
    },
    all: async () => {
      const live = await everyLive(context)
      return live
        .filter((one) => one.greeted && isAlive(one, context.now()))
        .map((one) => targetOf(one.sk as ConnectionId, one))
    },
    online: (users) => onlineOf(context, users),
    expired: async (now) => {
      const end = Date.parse(now)
      const live = await everyLive(context)
      return live.filter(({ leaseUntil }) => leaseUntil < end).map(({ sk }) => sk as ConnectionId)
    },
    records: (page) => listRecords(context, page),
  }
}
