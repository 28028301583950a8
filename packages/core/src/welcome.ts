import { limits, type MyRoom, type RoomId, type SeenUser, type UserId } from '@parley/protocol'
import type { Connection } from './actor.ts'
import type { WireAnswer } from './answer.ts'
import type { Ports } from './ports/ports.ts'
import type { Account, Membership, RoomOverview } from './ports/records.ts'
import { publicUser, roomShape, self } from './shapes.ts'

export const myRoom = ({ facts, membership, rev, unread }: RoomOverview): MyRoom => ({
  ...roomShape(facts, rev),
  read: membership.read,
  unread,
})

/** Rooms whose overview is read at once; a welcome rarely needs more than one such piece. */
const piece = 100

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value)) + 1

/** The people of direct rooms, with who of them is online. */
const peopleOf = async (ports: Ports, rooms: readonly MyRoom[]): Promise<readonly SeenUser[]> => {
  const ids = [...new Set(rooms.flatMap((room): UserId[] => room.with ?? []))]
  if (ids.length === 0) return []
  const [accounts, online] = await Promise.all([ports.store.users(ids), ports.connections.online(ids)])
  return accounts.map((account) => ({ ...publicUser(account), online: online.has(account.id) }))
}

/** What a connection is told first: who it is, its rooms by joining, as many as one frame holds, and their people. */
export const welcome = async (
  ports: Ports,
  connection: Connection,
  account: Account,
  memberships: readonly Membership[],
): Promise<Extract<WireAnswer, { type: 'welcome' }>> => {
  const ids: readonly RoomId[] = memberships.map(({ room }) => room)
  const rooms: MyRoom[] = []
  const users = new Map<UserId, SeenUser>()
  const envelopeBytes = 2_000
  let left = limits.downBytes - envelopeBytes
  let next = 0
  while (next < ids.length && left > 0) {
    const overviews = await ports.store.overviews(account.id, ids.slice(next, next + piece))
    const found = overviews.map(myRoom)
    const people = new Map((await peopleOf(ports, found)).map((user) => [user.id, user]))
    for (const room of found) {
      const fresh = (room.with ?? []).flatMap((id) => (users.has(id) ? [] : (people.get(id) ?? [])))
      left -= bytesOf(room) + fresh.reduce((sum, user) => sum + bytesOf(user), 0)
      if (left < 0) break
      rooms.push(room)
      for (const user of fresh) users.set(user.id, user)
    }
    next += piece
  }
  return {
    type: 'welcome',
    v: 1,
    connection: connection.id,
    me: self(account),
    rooms,
    users: [...users.values()],
    heartbeat: Math.floor(ports.settings.heartbeatMs / 1000),
    more: left < 0 || next < ids.length,
  }
}
