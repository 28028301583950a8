import type { ConnectionId, Down, Message, RoomId, RoomKind, UserId } from '@parley/protocol'
import type { Connections } from '../../ports/connections.ts'
import type { Ports } from '../../ports/ports.ts'
import type { MessageChange } from '../../ports/records.ts'
import type { Sockets } from '../../ports/sockets.ts'
import type { Store } from '../../ports/store.ts'

/** What the store did and what the sockets carried, looked at from outside, to be judged by what is promised. */
export interface Ledger {
  /** The same ports, watched. */
  watch(ports: Ports): Pick<Ports, 'store' | 'connections' | 'sockets'>
  /** Says that a removal of somebody from a room, or a leaving, has been answered. */
  removalAnswered(room: RoomId, user: UserId): void
  /** Says that a change was answered so. */
  changeAnswered(message: Message): void
  isMember(room: RoomId, user: UserId): boolean
  /** The revs of a room that were answered; throws when one was given to two changes. */
  revs(room: RoomId): readonly number[]
  /** What was heard by somebody who should not have. */
  readonly leaks: readonly string[]
}

/** Changes of replies, which are not answered by the message. */
const ofBots: readonly MessageChange['kind'][] = ['end', 'restart', 'retry', 'show']

const keyOf = (room: RoomId, user: UserId): string => `${room} ${user}`

export const ledger = (): Ledger => {
  let time = 0
  const kinds = new Map<RoomId, RoomKind>()
  const members = new Set<string>()
  /** Who was once a member. */
  const known = new Set<string>()
  /** When the ending of a membership was answered, of those who have not come back. */
  const outSince = new Map<string, number>()
  /** When a change was stored. */
  const storedAt = new Map<string, number>()
  const answered = new Map<RoomId, Map<number, string>>()
  const users = new Map<ConnectionId, UserId>()
  const leaks: string[] = []

  const enters = (room: RoomId, user: UserId): void => {
    members.add(keyOf(room, user))
    known.add(keyOf(room, user))
    outSince.delete(keyOf(room, user))
  }
  const stored = (message: Message): void => {
    time += 1
    storedAt.set(`${message.room} ${message.rev}`, time)
  }
  /** A change that no answer tells. */
  const untold = ({ room, rev }: Message): void => {
    const revs = answered.get(room) ?? new Map<number, string>()
    answered.set(room, revs)
    if (revs.has(rev)) throw new Error(`rev ${rev} was given twice`)
    revs.set(rev, 'untold')
  }
  const judge = (frame: Down, user: UserId): void => {
    if (frame.type !== 'message' || kinds.get(frame.room) === undefined || kinds.get(frame.room) === 'public') return
    const key = keyOf(frame.room, user)
    const out = outSince.get(key)
    const at = storedAt.get(`${frame.room} ${frame.rev}`) ?? 0
    if (!known.has(key)) leaks.push(`${user} was told a message of ${frame.room}, where it never was`)
    if (out !== undefined && at > out)
      leaks.push(`${user} was told rev ${frame.rev} of ${frame.room} after its removal`)
  }

  const watchStore = (store: Store): Store => ({
    ...store,
    createRoom: async (facts, first) => {
      const answer = await store.createRoom(facts, first)
      if (answer.created) {
        kinds.set(facts.id, facts.kind)
        for (const { room, user } of first) enters(room, user)
      }
      return answer
    },
    addMember: async (membership) => {
      const added = await store.addMember(membership)
      if (added) enters(membership.room, membership.user)
      return added
    },
    removeMember: async (room, user) => {
      const removed = await store.removeMember(room, user)
      members.delete(keyOf(room, user))
      return removed
    },
    appendMessage: async (draft) => {
      const answer = await store.appendMessage(draft)
      if (answer === 'conflict' || answer.repeated) return answer
      stored(answer.stored.message)
      if (draft.streaming) untold(answer.stored.message)
      return answer
    },
    changeMessage: async (room, id, change) => {
      const answer = await store.changeMessage(room, id, change)
      if (typeof answer === 'string' || !answer.changed) return answer
      stored(answer.stored.message)
      if (ofBots.includes(change.kind)) untold(answer.stored.message)
      return answer
    },
  })
  const watchConnections = (connections: Connections): Connections => ({
    ...connections,
    open: (connection, ...times) => {
      users.set(connection.id, connection.user)
      return connections.open(connection, ...times)
    },
  })
  const watchSockets = (sockets: Sockets): Sockets => ({
    ...sockets,
    send: (to, frame) => {
      const said = JSON.parse(frame) as Down
      for (const id of to) judge(said, users.get(id) as UserId)
      return sockets.send(to, frame)
    },
  })
  return {
    watch: ({ store, connections, sockets }) => ({
      store: watchStore(store),
      connections: watchConnections(connections),
      sockets: watchSockets(sockets),
    }),
    removalAnswered: (room, user) => {
      time += 1
      if (!members.has(keyOf(room, user))) outSince.set(keyOf(room, user), time)
    },
    changeAnswered: (message) => {
      const revs = answered.get(message.room) ?? new Map<number, string>()
      answered.set(message.room, revs)
      const text = JSON.stringify(message)
      const other = revs.get(message.rev)
      if (other !== undefined && other !== text)
        throw new Error(`rev ${message.rev} was given twice: ${other}, ${text}`)
      revs.set(message.rev, text)
    },
    isMember: (room, user) => members.has(keyOf(room, user)),
    revs: (room) => [...(answered.get(room)?.keys() ?? [])].sort((one, other) => one - other),
    leaks,
  }
}
