import type { ConnectionId, RoomId, UserId } from '@parley/protocol'
import type { Connection } from '../actor.ts'
import type { Connections, Departure, Target } from '../ports/connections.ts'
import type { Clock } from '../ports/environment.ts'

interface Live extends Omit<Target, 'bag'> {
  bag?: string
  readonly connection: Connection
  readonly rooms: Set<RoomId>
  greeted: boolean
  /** Milliseconds since 1970. */
  leaseUntil: number
}

const nobody: ReadonlySet<Live> = new Set()

/** Sets by key, of which none is kept empty. One alone is kept without a set: most users have one connection. */
const setsBy = <K>() => {
  const kept = new Map<K, Live | Set<Live>>()
  return {
    of(key: K): Iterable<Live> & { readonly size: number } {
      const held = kept.get(key)
      if (held === undefined) return nobody
      return held instanceof Set ? held : new Set([held])
    },
    add(key: K, live: Live) {
      const held = kept.get(key)
      if (held === undefined) kept.set(key, live)
      else if (held instanceof Set) held.add(live)
      else if (held !== live) kept.set(key, new Set([held, live]))
    },
    remove(key: K, live: Live) {
      const held = kept.get(key)
      if (held === live || (held instanceof Set && held.delete(live) && held.size === 0)) kept.delete(key)
    },
  }
}

/**
 * Who is connected to one process; all of {@link Connections} but the records. What `inRoom` answers is the set that is
 * kept, not a copy: it is called for every message.
 */
export const liveConnections = ({ clock }: { readonly clock: Clock }): Omit<Connections, 'records'> => {
  /** Open, and within their lease. */
  const live = new Map<ConnectionId, Live>()
  /** Not closed, but their lease has run out. */
  const lost = new Map<ConnectionId, Live>()
  const bySession = setsBy<string>()
  const byUser = setsBy<UserId>()
  const byRoom = setsBy<RoomId>()
  /** No lease ends before. */
  let nextEnd = Number.POSITIVE_INFINITY

  const forget = (one: Live): void => {
    live.delete(one.id)
    bySession.remove(one.connection.session, one)
    byUser.remove(one.user, one)
    for (const room of one.rooms) byRoom.remove(room, one)
  }

  const greetedOf = (user: UserId): readonly Live[] => [...byUser.of(user)].filter(({ greeted }) => greeted)

  /** Takes out those whose lease has run out. Looks at all of them only when one may have. */
  const settle = (): void => {
    const now = clock.now()
    if (now <= nextEnd) return
    nextEnd = Number.POSITIVE_INFINITY
    for (const one of live.values()) {
      if (one.leaseUntil < now) {
        forget(one)
        lost.set(one.id, one)
      } else nextEnd = Math.min(nextEnd, one.leaseUntil)
    }
  }

  return {
    async open(connection, _at, leaseUntil, atMost = Number.POSITIVE_INFINITY) {
      const { id, user, dialect, bag } = connection
      settle()
      if (byUser.of(user).size >= atMost) return false
      const end = Date.parse(leaseUntil)
      const one: Live = { id, user, dialect, connection, rooms: new Set(), greeted: false, leaseUntil: end }
      if (bag !== undefined) one.bag = bag
      live.set(id, one)
      byUser.add(user, one)
      bySession.add(connection.session, one)
      nextEnd = Math.min(nextEnd, end)
      return true
    },
    async enter(id, rooms) {
      settle()
      const one = live.get(id)
      if (!one) return { first: false }
      const first = greetedOf(one.user).length === 0
      one.greeted = true
      for (const room of rooms) one.rooms.add(room)
      for (const room of one.rooms) byRoom.add(room, one)
      return { first }
    },
    async state(id) {
      settle()
      const one = live.get(id)
      return one && (one.greeted ? 'greeted' : 'open')
    },
    async renew(id, leaseUntil) {
      settle()
      const one = live.get(id)
      if (one) one.leaseUntil = Date.parse(leaseUntil)
    },
    async keepBag(id, bag) {
      settle()
      const one = live.get(id)
      if (one) one.bag = bag
    },
    async bag(id) {
      settle()
      return live.get(id)?.bag
    },
    async close(id): Promise<Departure | undefined> {
      settle()
      const one = live.get(id) ?? lost.get(id)
      if (!one) return undefined
      forget(one)
      lost.delete(id)
      const { user, dialect, bag, greeted } = one
      return { user, dialect, ...(bag !== undefined && { bag }), greeted, last: greetedOf(user).length === 0 }
    },
    async join(user, room) {
      settle()
      for (const one of byUser.of(user)) {
        one.rooms.add(room)
        if (one.greeted) byRoom.add(room, one)
      }
    },
    async leave(user, room) {
      for (const one of byUser.of(user)) {
        one.rooms.delete(room)
        byRoom.remove(room, one)
      }
    },
    async inRoom(room, atMost = Number.POSITIVE_INFINITY) {
      settle()
      const set = byRoom.of(room)
      return set.size > atMost ? nobody : set
    },
    async ofUser(user) {
      settle()
      return greetedOf(user)
    },
    async ofSession(session) {
      settle()
      return bySession.of(session)
    },
    async all() {
      settle()
      return [...live.values()].filter(({ greeted }) => greeted)
    },
    async online(users) {
      settle()
      return new Set(users.filter((user) => greetedOf(user).length > 0))
    },
    async expired(now) {
      settle()
      const end = Date.parse(now)
      const late = (one: Live) => one.leaseUntil < end
      return [...lost.values(), ...live.values().filter(late)].map(({ id }) => id)
    },
  }
}
