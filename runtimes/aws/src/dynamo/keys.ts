import { createHash } from 'node:crypto'
import type { ConnectionId, MessageId, RoomId, UserId } from '@parley/protocol'
import type { Key } from './items.ts'

/*
 * Where everything is. Partition | sort key:
 *
 * room#ROOM      | rev#000000000001   the log of a room: for each rev a message, or a patch of one
 *                | room               the facts of the room; behind the log, so that one query brings facts and head
 *                | summary            what is remembered of its older part
 * id#ROOM#ID     | id                 where the message of this id is, or is to be, in the log
 *                | usage#USAGE        what a making of it has used
 *                | variant#00         another reply in its place
 * streams        | ROOM#REV#SEQ       a making of the reply at SEQ that began, or was to begin, at REV
 * members#ROOM   | USER               a membership, and the marker
 * user#USER      | account
 *                | in#ROOM            a hint that the user is or was a member there, or has spoken there
 *                | sessions           all sessions of the user
 * names          | FOLDED\n           who has, or claims, this name
 *                | FOLDED\nUSER       a guest of this name
 * accounts       | USER               an account or bot
 * bots           | USER               a bot
 * rooms          | ROOM               a public room
 * session#ID     | user               whose session it is
 * ticket#HASH    | ticket
 * broadcasts     | AT#ID
 * usage#ID       | usage              what a making of a reply has used
 * used#DAY       | user#USER#USAGE    the same, for the sums of a day and of a user
 *                | room#ROOM#USAGE    its tokens, for the sum of a room
 * live#0..3      | CONNECTION         a connection that was not closed yet: the truth about it
 * present#USER   | connections        the connections of a user
 * socket#SESSION | user               whose connections these are
 * hears#ROOM     | USER#CONNECTION    who is to be told what happens in the room
 * records#0..3   | AT#CONNECTION      the record of a connection, for ever
 * ended#CONN.    | record             where the record of a closed connection is
 * import         | marker             that an import has not come to its end
 */

const revDigits = 12
const revText = (rev: number): string => `rev#${String(rev).padStart(revDigits, '0')}`

export const roomPartition = (room: RoomId): string => `room#${room}`
/** The room whose log or facts a key is of. */
export const roomOfKey = ({ pk }: Key): RoomId => pk.slice('room#'.length) as RoomId
export const logKey = (room: RoomId, rev: number): Key => ({ pk: roomPartition(room), sk: revText(rev) })
/** The log between two revs, both included. */
export const logRange = (from: number, to: number): [string, string] => [revText(from), revText(to)]
/** The log from a rev to its end. */
export const logFrom = (rev: number): [string, string] => [revText(rev), 'rev~']
/** The log and, after it, the facts. */
export const logAndFacts: [string, string] = ['rev#', 'room']
export const factsKey = (room: RoomId): Key => ({ pk: roomPartition(room), sk: 'room' })
export const summaryKey = (room: RoomId): Key => ({ pk: roomPartition(room), sk: 'summary' })
const idPartition = (room: RoomId, id: MessageId): string => `id#${room}#${id}`
export const placeKey = (room: RoomId, id: MessageId): Key => ({ pk: idPartition(room, id), sk: 'id' })
export const variantPrefix = 'variant#'
export const variantKey = (room: RoomId, id: MessageId, index: number): Key => ({
  pk: idPartition(room, id),
  sk: `${variantPrefix}${String(index).padStart(2, '0')}`,
})
export const streamsPartition = 'streams'
export const streamKey = (room: RoomId, seq: number, run: number): Key => ({
  pk: streamsPartition,
  sk: `${room}#${run}#${seq}`,
})

export const membersPartition = (room: RoomId): string => `members#${room}`
export const memberKey = (room: RoomId, user: UserId): Key => ({ pk: membersPartition(room), sk: user })

export const userPartition = (user: UserId): string => `user#${user}`
/** The user whose account a key is of. */
export const userOfKey = ({ pk }: Key): UserId => pk.slice('user#'.length) as UserId
export const accountKey = (user: UserId): Key => ({ pk: userPartition(user), sk: 'account' })
export const hintKey = (user: UserId, room: RoomId): Key => ({ pk: userPartition(user), sk: `in#${room}` })
/** The rooms that the user may be in. */
export const hintRange: [string, string] = ['in#', 'in~']
/** The room of a hint. */
export const hintedRoom = ({ sk }: Key): RoomId => sk.slice('in#'.length) as RoomId
export const sessionsKey = (user: UserId): Key => ({ pk: userPartition(user), sk: 'sessions' })

export const namesPartition = 'names'
const foldedBytesMax = 480
/**
 * A folded name as the beginning of a sort key. Normalizing may make a name of 40 characters longer than a key may be:
 * such a one is cut, and a digest keeps it apart from others.
 */
const nameText = (folded: string): string => {
  const start = nameStart(folded)
  return start === folded ? folded : `${start}${createHash('sha256').update(folded).digest('hex')}`
}
/** What the sort keys of all names begin with that begin with `folded`; some others may. */
export const nameStart = (folded: string): string => {
  let start = ''
  for (const character of folded) {
    if (Buffer.byteLength(start) + Buffer.byteLength(character) > foldedBytesMax) break
    start += character
  }
  return start
}
export const nameKey = (folded: string, guest?: UserId): Key => ({
  pk: namesPartition,
  sk: `${nameText(folded)}\n${guest ?? ''}`,
})
export const accountsPartition = 'accounts'
export const accountListKey = (user: UserId): Key => ({ pk: accountsPartition, sk: user })
export const botsPartition = 'bots'
export const botKey = (user: UserId): Key => ({ pk: botsPartition, sk: user })
export const publicRoomsPartition = 'rooms'
export const publicRoomKey = (room: RoomId): Key => ({ pk: publicRoomsPartition, sk: room })

export const sessionKey = (session: string): Key => ({ pk: `session#${session}`, sk: 'user' })
export const ticketKey = (hash: string): Key => ({ pk: `ticket#${hash}`, sk: 'ticket' })
export const broadcastsPartition = 'broadcasts'

export const usageKey = (usage: string): Key => ({ pk: `usage#${usage}`, sk: 'usage' })
export const usageOfMessagePrefix = 'usage#'
export const usageOfMessageKey = (room: RoomId, message: MessageId, usage: string): Key => ({
  pk: idPartition(room, message),
  sk: `${usageOfMessagePrefix}${usage}`,
})
/** @param day of UTC, like 2026-11-21 */
export const usageDayPartition = (day: string): string => `used#${day}`
export const usageOfUsers = 'user#'
export const userUsagePrefix = (user: UserId): string => `${usageOfUsers}${user}#`
export const roomUsagePrefix = (room: RoomId): string => `room#${room}#`
export const userUsageKey = (day: string, user: UserId, usage: string): Key => ({
  pk: usageDayPartition(day),
  sk: `${userUsagePrefix(user)}${usage}`,
})
export const roomUsageKey = (day: string, room: RoomId, usage: string): Key => ({
  pk: usageDayPartition(day),
  sk: `${roomUsagePrefix(room)}${usage}`,
})

/** What all connections write is spread over so many partitions: one takes a thousand writes a second. */
const shards = [0, 1, 2, 3] as const
const shardOf = (id: string): number => {
  let hash = 0
  for (let index = 0; index < id.length; index += 1) hash = (hash * 31 + id.charCodeAt(index)) >>> 0
  return hash % shards.length
}

export const livePartitions = shards.map((shard) => `live#${shard}`)
export const liveKey = (id: ConnectionId): Key => ({ pk: `live#${shardOf(id)}`, sk: id })
export const presentKey = (user: UserId): Key => ({ pk: `present#${user}`, sk: 'connections' })
export const socketKey = (session: string): Key => ({ pk: `socket#${session}`, sk: 'user' })
export const hearsPartition = (room: RoomId): string => `hears#${room}`
export const hearsKey = (room: RoomId, user: UserId, id: ConnectionId): Key => ({
  pk: hearsPartition(room),
  sk: `${user}#${id}`,
})
export const recordPartitions = shards.map((shard) => `records#${shard}`)
export const recordText = (connectedAt: string, id: ConnectionId): string => `${connectedAt}#${id}`
export const recordKey = (connectedAt: string, id: ConnectionId): Key => ({
  pk: `records#${shardOf(id)}`,
  sk: recordText(connectedAt, id),
})
export const endedKey = (id: ConnectionId): Key => ({ pk: `ended#${id}`, sk: 'record' })
export const importKey: Key = { pk: 'import', sk: 'marker' }
