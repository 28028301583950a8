import { foldName, general, newMessage, newStored, type Store } from '@parley/core'
import { limits, type RoomId } from '@parley/protocol'
import { revOf } from './acts/writing.ts'
import type { SqliteDatabase } from './database.ts'
import { findMessage } from './find-message.ts'
import { countAfter, history, latestMessage, messagesSince } from './message-reads.ts'
import { findSummary, findVariant, orphans } from './reply-reads.ts'
import {
  type AccountRow,
  accountOf,
  type BroadcastRow,
  broadcastOf,
  type MemberRow,
  membershipOf,
  type RoomRow,
  roomOf,
  type SessionRow,
  sessionOf,
} from './rows.ts'
import { standingCache } from './standing-cache.ts'

const nothing = { messages: [], rev: 0, more: false } as const

/** The {@link Store} of one machine. */
export const sqliteStore = (database: SqliteDatabase): Store => {
  const { write, read } = database
  const cache = standingCache(read)
  database.onFailure(cache.forgetAll)

  /** Does what changes things that are cached: what is known is forgotten before the answer is out, failed or not. */
  const changing = <T>(act: Promise<T>, forget: () => void): Promise<T> => act.finally(forget)

  return {
    addUser: (account) =>
      changing(write('addUser', account), () => {
        cache.forgetUser(account.id)
        cache.forgetMember(general, account.id)
      }),
    user: async (id) => cache.user(id),
    users: async (ids) => [...new Set(ids)].flatMap((id) => cache.user(id) ?? []),
    async userByName(name) {
      const folded = foldName(name)
      const row = read((sql) => sql.get<AccountRow>(`SELECT * FROM users WHERE folded = ? AND kind <> 'guest'`, folded))
      return row && accountOf(row)
    },
    async findUsers(prefix, limit) {
      const folded = foldName(prefix)
      const rows = read((sql) =>
        sql.all<AccountRow>(
          'SELECT * FROM users WHERE folded >= ? AND folded < ? ORDER BY folded, id LIMIT ?',
          folded,
          `${folded}\u{10FFFF}`,
          limit,
        ),
      )
      return rows.map(accountOf)
    },
    accounts: async ({ after = '', limit }) =>
      read((sql) =>
        sql.all<AccountRow>(`SELECT * FROM users WHERE kind <> 'guest' AND id > ? ORDER BY id LIMIT ?`, after, limit),
      ).map(accountOf),
    bots: async () => cache.bots(),
    changeUser: (id, change) => changing(write('changeUser', { id, change }), () => cache.forgetUser(id)),

    addSession: (session) => write('addSession', session),
    async session(id) {
      const row = read((sql) => sql.get<SessionRow>('SELECT * FROM sessions WHERE id = ?', id))
      return row && sessionOf(row)
    },
    renewSession: (id, expiresAt) => write('renewSession', { id, expiresAt }),
    endSession: (id) => write('endSession', id),
    endSessionsOf: (user, but) => write('endSessionsOf', { user, except: but?.except }),
    addTicket: (ticket) => write('addTicket', ticket),
    redeemTicket: (hash, now) => write('redeemTicket', { hash, now }),

    createRoom: (room, members) =>
      changing(write('createRoom', { room, members }), () => {
        cache.forgetRoom(room.id)
        for (const { user } of members) cache.forgetMember(room.id, user)
      }),
    room: async (id) => cache.room(id)?.facts,
    changeRoom: (id, change) => changing(write('changeRoom', { id, change }), () => cache.forgetRoom(id)),
    publicRooms: async ({ after = '', limit }) =>
      read((sql) =>
        sql.all<RoomRow>(`SELECT * FROM rooms WHERE kind = 'public' AND id > ? ORDER BY id LIMIT ?`, after, limit),
      ).map(roomOf),
    standing: async (room, user) => cache.standing(room, user),
    memberships: async (user) =>
      read((sql) =>
        sql.all<MemberRow & { id: RoomId }>(
          `SELECT rooms.id, user, role, joined_at, read FROM members JOIN rooms ON number = room
             WHERE user = ? ORDER BY joined_at, rooms.id`,
          user,
        ),
      ).map((row) => membershipOf(row.id, row)),
    overviews: async (user, rooms) =>
      read((sql) =>
        rooms.flatMap((id) => {
          const row = sql.get<RoomRow & MemberRow>(
            'SELECT rooms.*, user, role, joined_at, read FROM rooms JOIN members ON room = number WHERE id = ? AND user = ?',
            id,
            user,
          )
          if (!row) return []
          const { number } = row
          const unread = countAfter(sql, number, row.read, limits.unreadMax)
          return { facts: roomOf(row), membership: membershipOf(id, row), rev: revOf(sql, number), unread }
        }),
      ),
    addMember: (membership) =>
      changing(write('addMember', membership), () => cache.forgetMember(membership.room, membership.user)),
    changeMemberRole: (room, user, role) =>
      changing(write('changeMemberRole', { room, user, role }), () => cache.forgetMember(room, user)),
    removeMember: (room, user) => changing(write('removeMember', { room, user }), () => cache.forgetMember(room, user)),
    members: async (room, { after = '', limit }) =>
      read((sql) =>
        sql.all<MemberRow>(
          `SELECT user, role, joined_at, read FROM members
             WHERE room = (SELECT number FROM rooms WHERE id = ?) AND user > ? ORDER BY user LIMIT ?`,
          room,
          after,
          limit,
        ),
      ).map((row) => membershipOf(room, row)),
    moveMarker: (room, user, seq) =>
      changing(write('moveMarker', { room, user, seq }), () => cache.forgetMember(room, user)),

    async appendMessage(draft) {
      const appended = await write('appendMessage', draft)
      if (appended === 'conflict') return appended
      if ('repeated' in appended) return { stored: appended.repeated, repeated: true }
      const message = { ...newMessage(draft, appended.rev, undefined), at: appended.at }
      return { stored: newStored(draft, message), repeated: false }
    },
    changeMessage: (room, id, change) => write('changeMessage', { room, id, change }),
    async message(id, message) {
      const room = cache.room(id)
      return room && read((sql) => findMessage(sql, room, message))
    },
    async messagesSince(id, since, size) {
      const room = cache.room(id)
      return room ? read((sql) => messagesSince(sql, room, since, size)) : nothing
    },
    async history(id, place, size) {
      const room = cache.room(id)
      return room ? read((sql) => history(sql, room, place, size)) : nothing
    },
    async revs(ids) {
      const rooms = ids.flatMap((id) => cache.room(id) ?? [])
      return read((sql) => new Map(rooms.map(({ id, number }) => [id, revOf(sql, number)])))
    },

    growMessage: (room, id, growth) => write('growMessage', { room, id, growth }),
    leaseStream: (room, id, lease) => write('leaseStream', { room, id, lease }),
    orphans: async (before) => read((sql) => orphans(sql, before)),
    keepVariant: (room, id, variant) => write('keepVariant', { room, id, variant }),
    async variant(id, message, index) {
      const room = cache.room(id)
      return room && read((sql) => findVariant(sql, room, message, index))
    },
    forgetVariants: (room, id) => write('forgetVariants', { room, id }),
    async summary(id) {
      const room = cache.room(id)
      return room && read((sql) => findSummary(sql, room))
    },
    keepSummary: (room, summary) => write('keepSummary', { room, summary }),

    latestMessage: async (user, origin, from, until) => read((sql) => latestMessage(sql, user, origin, from, until)),
    addBroadcast: (broadcast) => write('addBroadcast', broadcast),
    async latestBroadcast(from, until) {
      const row = read((sql) =>
        sql.get<BroadcastRow>(
          'SELECT * FROM broadcasts WHERE at BETWEEN ? AND ? ORDER BY at DESC LIMIT 1',
          from,
          until,
        ),
      )
      return row && broadcastOf(row)
    },
  }
}
