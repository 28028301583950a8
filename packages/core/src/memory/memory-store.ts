import { limits, type RoomId, type UserId } from '@parley/protocol'
import type { Account, Membership, Standing } from '../ports/records.ts'
import type { Store } from '../ports/store.ts'
import { changedRoom, foldName, general } from '../store-rules.ts'
import { type MemoryData, memoryData } from './memory-data.ts'
import { type MemoryRoom, memoryRoom } from './memory-room.ts'

const byId = (one: { readonly id: string }, other: { readonly id: string }): number => (one.id < other.id ? -1 : 1)

/** A {@link Store} that lasts as long as its process: for tests, and for trying things out. */
export const memoryStore = (data: MemoryData = memoryData()): Store => {
  const { users, sessions, tickets, rooms, broadcasts } = data

  const holderOf = (name: string): Account | undefined => {
    const folded = foldName(name)
    return users.values().find((user) => user.kind !== 'guest' && foldName(user.name) === folded)
  }
  const isTaken = (name: string, by: UserId): boolean => (holderOf(name)?.id ?? by) !== by
  const membershipsOf = (user: UserId): Membership[] =>
    [...rooms.values()]
      .flatMap(({ members }) => members.get(user) ?? [])
      .sort((one, other) => (one.joinedAt + one.room < other.joinedAt + other.room ? -1 : 1))
  const standing = (id: RoomId, user: UserId): Standing | undefined => {
    const room = rooms.get(id)
    const account = users.get(user)
    const membership = room?.members.get(user)
    return room && account && { room: room.facts, account, ...(membership && { membership }) }
  }

  return {
    async addUser(account) {
      if (users.has(account.id)) return 'added'
      if (isTaken(account.name, account.id)) return 'taken'
      users.set(account.id, account)
      const membership = {
        room: general,
        user: account.id,
        role: 'member',
        joinedAt: account.createdAt,
        read: 0,
      } as const
      rooms.get(general)?.members.set(account.id, membership)
      return 'added'
    },
    user: async (id) => users.get(id),
    users: async (ids) => [...new Set(ids)].flatMap((id) => users.get(id) ?? []),
    userByName: async (name) => holderOf(name),
    async findUsers(prefix, limit) {
      const key = (user: Account) => `${foldName(user.name)}\n${user.id}`
      return [...users.values()]
        .filter(({ name }) => foldName(name).startsWith(foldName(prefix)))
        .sort((one, other) => (key(one) < key(other) ? -1 : 1))
        .slice(0, limit)
    },
    accounts: async ({ after = '', limit }) =>
      [...users.values()]
        .filter(({ id, kind }) => kind !== 'guest' && id > after)
        .sort(byId)
        .slice(0, limit),
    bots: async () => [...users.values()].filter(({ kind }) => kind === 'bot').sort(byId),
    async changeUser(id, change) {
      const user = users.get(id)
      if (!user) return undefined
      if (change.name !== undefined && isTaken(change.name, id)) return 'taken'
      const changed = { ...user, ...change }
      users.set(id, changed)
      return changed
    },

    async addSession(session) {
      sessions.set(session.id, session)
    },
    session: async (id) => sessions.get(id),
    async renewSession(id, expiresAt) {
      const session = sessions.get(id)
      if (session) sessions.set(id, { ...session, expiresAt })
      return session !== undefined
    },
    async endSession(id) {
      sessions.delete(id)
    },
    async endSessionsOf(user, but) {
      const ended = [...sessions.values()].filter((session) => session.user === user && session.id !== but?.except)
      for (const { id } of ended) sessions.delete(id)
      return ended.map(({ id }) => id)
    },
    async addTicket(ticket) {
      tickets.set(ticket.hash, ticket)
    },
    async redeemTicket(hash, now) {
      const ticket = tickets.get(hash)
      tickets.delete(hash)
      return ticket && ticket.expiresAt > now ? ticket : undefined
    },

    async createRoom(facts, members) {
      const there = rooms.get(facts.id)
      if (there) return { room: there.facts, created: false }
      const room = memoryRoom(facts)
      for (const member of members) room.members.set(member.user, member)
      rooms.set(facts.id, room)
      return { room: facts, created: true }
    },
    room: async (id) => rooms.get(id)?.facts,
    async changeRoom(id, change) {
      const room = rooms.get(id)
      if (room) room.facts = changedRoom(room.facts, change)
      return room?.facts
    },
    publicRooms: async ({ after = '', limit }) =>
      [...rooms.values()]
        .map(({ facts }) => facts)
        .filter(({ id, kind }) => kind === 'public' && id > after)
        .sort(byId)
        .slice(0, limit),
    standing: async (room, user) => standing(room, user),
    memberships: async (user) => membershipsOf(user),
    overviews: async (user, ids) =>
      ids.flatMap((id) => {
        const room = rooms.get(id)
        const membership = room?.members.get(user)
        if (!room || !membership) return []
        const unread = Math.min(limits.unreadMax, room.countAfter(membership.read))
        return { facts: room.facts, membership, rev: room.rev(), unread }
      }),
    async addMember(membership) {
      const { members } = there(rooms, membership.room)
      if (members.has(membership.user)) return false
      members.set(membership.user, membership)
      return true
    },
    async changeMemberRole(room, user, role) {
      const membership = rooms.get(room)?.members.get(user)
      if (membership) rooms.get(room)?.members.set(user, { ...membership, role })
      return membership !== undefined
    },
    removeMember: async (room, user) => rooms.get(room)?.members.delete(user) ?? false,
    members: async (room, { after = '', limit }) =>
      [...(rooms.get(room)?.members.values() ?? [])]
        .filter(({ user }) => user > after)
        .sort((one, other) => (one.user < other.user ? -1 : 1))
        .slice(0, limit),
    async moveMarker(id, user, seq) {
      const room = rooms.get(id)
      const membership = room?.members.get(user)
      const read = Math.min(seq, room?.rev() ?? 0)
      if (!room || !membership || read <= membership.read) return undefined
      room.members.set(user, { ...membership, read })
      return read
    },

    appendMessage: async (draft) => there(rooms, draft.room).append(draft),
    changeMessage: async (room, id, change) => rooms.get(room)?.change(id, change) ?? 'missing',
    message: async (room, id) => rooms.get(room)?.message(id),
    messagesSince: async (room, since, size) => rooms.get(room)?.since(since, size) ?? nothing,
    history: async (room, place, size) => rooms.get(room)?.history(place, size) ?? nothing,
    revs: async (ids) =>
      new Map(ids.flatMap((id) => [rooms.get(id)].flatMap((room) => (room ? [[id, room.rev()] as const] : [])))),

    growMessage: async (room, id, growth) => rooms.get(room)?.grow(id, growth) ?? 'missing',
    leaseStream: async (room, id, lease) => rooms.get(room)?.lease(id, lease) ?? false,
    orphans: async (before) =>
      [...rooms.values()].flatMap((one) => one.orphans(before).map((id) => ({ room: one.facts.id, id }))).slice(0, 100),
    async keepVariant(room, id, variant) {
      rooms.get(room)?.variants.set(`${id} ${variant.index}`, variant)
    },
    variant: async (room, id, index) => rooms.get(room)?.variants.get(`${id} ${index}`),
    async forgetVariants(room, id) {
      const variants = rooms.get(room)?.variants ?? new Map()
      for (const key of variants.keys()) if (key.startsWith(`${id} `)) variants.delete(key)
    },
    summary: async (room) => rooms.get(room)?.summary,
    async keepSummary(id, summary) {
      there(rooms, id).summary = summary
    },

    async latestMessage(user, origin, from, until) {
      const found = [...rooms.values()].flatMap((room) => room.sentFrom(user, origin))
      return newest(found.filter(({ at }) => at >= from && at <= until))
    },
    async addBroadcast(broadcast) {
      broadcasts.set(broadcast.id, broadcast)
    },
    latestBroadcast: async (from, until) =>
      newest([...broadcasts.values()].filter(({ at }) => at >= from && at <= until)),
  }
}

const nothing = { messages: [], rev: 0, more: false } as const

const there = (rooms: ReadonlyMap<RoomId, MemoryRoom>, id: RoomId): MemoryRoom => {
  const room = rooms.get(id)
  if (!room) throw new Error(`there is no room ${id}`)
  return room
}

const newest = <T extends { readonly at: string }>(list: readonly T[]): T | undefined =>
  list.reduce<T | undefined>((best, one) => (best && best.at >= one.at ? best : one), undefined)
