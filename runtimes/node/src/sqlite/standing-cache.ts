import type { Account, Membership, RoomFacts, Standing } from '@parley/core'
import type { RoomId, UserId } from '@parley/protocol'
import type { NumberedRoom } from './find-message.ts'
import { type AccountRow, accountOf, type MemberRow, membershipOf, type RoomRow, roomOf } from './rows.ts'
import type { Sql } from './sql.ts'

export interface KnownRoom extends NumberedRoom {
  readonly facts: RoomFacts
}

/**
 * Users, rooms and memberships as they were read last. Every command asks for them, and this process is the only one
 * that changes them: who changes one says so before the change is answered, and it is read anew when it is next needed.
 */
export interface StandingCache {
  user(id: UserId): Account | undefined
  /** All bots, by id. */
  bots(): readonly Account[]
  room(id: RoomId): KnownRoom | undefined
  standing(room: RoomId, user: UserId): Standing | undefined
  forgetUser(id: UserId): void
  forgetRoom(id: RoomId): void
  forgetMember(room: RoomId, user: UserId): void
  forgetAll(): void
}

/** More of a kind than this are not kept. */
const most = 50_000

const keep = <K, V>(map: Map<K, V>, key: K, value: V): V => {
  if (map.size >= most) map.clear()
  map.set(key, value)
  return value
}

const memberKey = (room: RoomId, user: UserId): string => `${user} ${room}`

export const standingCache = (read: <T>(what: (sql: Sql) => T) => T): StandingCache => {
  const users = new Map<UserId, Account>()
  const rooms = new Map<RoomId, KnownRoom>()
  const members = new Map<string, Membership | undefined>()

  let bots: readonly Account[] | undefined

  const user = (id: UserId): Account | undefined => {
    const known = users.get(id)
    if (known) return known
    const row = read((sql) => sql.get<AccountRow>('SELECT * FROM users WHERE id = ?', id))
    return row && keep(users, id, accountOf(row))
  }
  const room = (id: RoomId): KnownRoom | undefined => {
    const known = rooms.get(id)
    if (known) return known
    const row = read((sql) => sql.get<RoomRow>('SELECT * FROM rooms WHERE id = ?', id))
    return row && keep(rooms, id, { id, number: row.number, facts: roomOf(row) })
  }
  const membership = ({ id, number }: KnownRoom, user: UserId): Membership | undefined => {
    const key = memberKey(id, user)
    const known = members.get(key)
    if (known || members.has(key)) return known
    const row = read((sql) =>
      sql.get<MemberRow>('SELECT user, role, joined_at, read FROM members WHERE room = ? AND user = ?', number, user),
    )
    return keep(members, key, row && membershipOf(id, row))
  }

  return {
    user,
    bots: () => {
      bots ??= read((sql) => sql.all<AccountRow>(`SELECT * FROM users WHERE kind = 'bot' ORDER BY id`)).map(accountOf)
      return bots
    },
    room,
    standing(roomId, userId) {
      const known = room(roomId)
      const account = user(userId)
      if (!known || !account) return undefined
      const member = membership(known, userId)
      return member ? { room: known.facts, account, membership: member } : { room: known.facts, account }
    },
    forgetUser: (id) => {
      users.delete(id)
      bots = undefined
    },
    forgetRoom: (id) => {
      rooms.delete(id)
    },
    forgetMember: (roomId, userId) => {
      members.delete(memberKey(roomId, userId))
    },
    forgetAll: () => {
      users.clear()
      bots = undefined
      rooms.clear()
      members.clear()
    },
  }
}
