import type { Down, Member, Message, MessageId, Room, RoomId, Self, Up, User, UserId } from '@parley/protocol'

/** A room as a client holds it. */
interface HeldRoom {
  facts: Omit<Room, 'rev'>
  /** The seq of the own read marker. */
  read: number
  readonly messages: Map<MessageId, Message>
  /** Every change up to here is held. */
  complete: number
  /** A `synced` said that there was more; or there was none yet, and frames may have come before the room was known. */
  unfinished: boolean
  /** The highest rev that was told of, in whatever frame. */
  told: number
  /** Changes above `complete` that are held. */
  readonly single: Set<number>
  /** Replies whose text was told of from beyond what is held. */
  readonly holes: Map<MessageId, { readonly rev: number; readonly at: number }>
  members: Map<UserId, Member>
  /** The members may be others than those that are held. */
  membersChanged: boolean
}

/** What a client knows, in a form to be compared. Messages by seq, members by id. */
export interface ClientState {
  readonly me: Self
  readonly rooms: Readonly<Record<RoomId, RoomState>>
}
/** A room as the reference client holds it. */
export interface RoomState {
  readonly facts: Omit<Room, 'rev'>
  readonly read: number
  readonly unread: number
  readonly rev: number
  readonly messages: readonly Message[]
  readonly members: readonly Member[]
}

/**
 * The reference client: one reducer for all frames, in whatever order they arrive, and what to ask where its revs leave
 * a gap. It knows nothing of the server but its frames.
 */
export interface ReferenceClient {
  /** Has a new connection: what comes on it before `welcome` is kept until then. */
  begin(): void
  /** Takes a frame that came unasked. */
  take(frame: Down): void
  /** Takes the answer to a frame of its own. */
  takeAnswer(asked: Up, answer: Down): void
  /** What to ask so as to hold everything that it has been told of; empty when it does. */
  wants(): readonly Up[]
  rooms(): RoomId[]
  /** The highest rev that it was told of a room. */
  told(room: RoomId): number
  state(): ClientState
}

/** Small, so that gaps are often healed in several steps. */
const syncLimit = 2

const bySeq = (one: Message, other: Message): number => one.seq - other.seq
const byId = (one: User, other: User): number => (one.id < other.id ? -1 : 1)

const newRoom = (facts: Omit<Room, 'rev'>): HeldRoom => ({
  facts,
  read: 0,
  messages: new Map(),
  complete: 0,
  unfinished: true,
  told: 0,
  single: new Set(),
  holes: new Map(),
  members: new Map(),
  membersChanged: true,
})

const hold = (room: HeldRoom, message: Message): void => {
  const held = room.messages.get(message.id)
  const isNewer = !held || held.rev < message.rev
  // While it grows it keeps its rev.
  const isLonger = held?.rev === message.rev && held.text.length < message.text.length
  if (isNewer || isLonger) room.messages.set(message.id, message)
}

const grow = (room: HeldRoom, { id, rev, at, text }: Down<'delta'>): void => {
  room.told = Math.max(room.told, rev)
  const held = room.messages.get(id)
  if (!held?.streaming || held.rev !== rev) return
  if (at > held.text.length) room.holes.set(id, { rev, at })
  else if (at + text.length > held.text.length) {
    room.messages.set(id, { ...held, text: held.text.slice(0, at) + text })
  }
}

const openHoles = ({ holes, messages }: HeldRoom): readonly number[] =>
  [...holes].flatMap(([id, { rev, at }]) => {
    const held = messages.get(id)
    return held?.rev === rev && held.text.length < at ? [rev] : []
  })

const advance = (room: HeldRoom, complete: number): void => {
  room.complete = Math.max(room.complete, complete)
  while (room.single.has(room.complete + 1)) room.complete += 1
  for (const rev of room.single) if (rev <= room.complete) room.single.delete(rev)
  room.told = Math.max(room.told, room.complete)
}

const factsOf = ({ id, kind, name, topic, with: people, bot }: Room): Omit<Room, 'rev'> => ({
  id,
  kind,
  name,
  topic,
  ...(people && { with: people }),
  ...(bot && { bot }),
})

const stateOf = ({ facts, read, complete, messages, members }: HeldRoom): RoomState => ({
  facts,
  read,
  unread: Math.min(99, [...messages.values()].filter(({ seq }) => seq > read).length),
  rev: complete,
  messages: [...messages.values()].sort(bySeq),
  members: [...members.values()].sort(byId),
})

export const referenceClient = (): ReferenceClient => {
  let me: Self | undefined
  let greeted = false
  const rooms = new Map<RoomId, HeldRoom>()
  const early: Down[] = []

  const enter = (room: Room): HeldRoom => {
    const held = rooms.get(room.id) ?? newRoom(room)
    held.facts = factsOf(room)
    held.told = Math.max(held.told, room.rev)
    held.membersChanged = true
    rooms.set(room.id, held)
    return held
  }
  const change = (room: RoomId, what: (held: HeldRoom) => void): void => {
    const held = rooms.get(room)
    if (held) what(held)
  }
  const changeMember = (user: UserId, news: Partial<Member>): void => {
    for (const { members } of rooms.values()) {
      const member = members.get(user)
      if (member) members.set(user, { ...member, ...news })
    }
  }
  const rename = (user: UserId, name: string): void => {
    if (me && user === me.id) me = { ...me, name }
    changeMember(user, { name })
  }
  const welcome = (frame: Down<'welcome'>): void => {
    me = frame.me
    greeted = true
    const mine = new Set(frame.rooms.map(({ id }) => id))
    for (const id of rooms.keys()) if (!mine.has(id)) rooms.delete(id)
    for (const room of frame.rooms) enter(room).read = room.read
    for (const one of early.splice(0)) take(one)
  }
  const take = (frame: Down): void => {
    if (!greeted && frame.type !== 'welcome') {
      early.push(frame)
      return
    }
    switch (frame.type) {
      case 'welcome':
        welcome(frame)
        break
      case 'message':
        change(frame.room, (held) => {
          hold(held, frame.message)
          held.single.add(frame.rev)
          held.told = Math.max(held.told, frame.rev)
          advance(held, held.complete)
        })
        break
      case 'delta':
        change(frame.room, (held) => grow(held, frame))
        break
      case 'room':
        enter(frame.room)
        break
      case 'left':
        rooms.delete(frame.room)
        break
      case 'read':
        change(frame.room, (held) => {
          if (frame.user === me?.id) held.read = Math.max(held.read, frame.seq)
        })
        break
      case 'user':
        rename(frame.user.id, frame.user.name)
        break
      case 'presence':
        changeMember(frame.user, { online: frame.online })
        break
    }
  }
  const takeRoom = (asked: Up, room: Room): void => {
    const ends = asked.action === 'leave' || (asked.action === 'remove' && asked.user === me?.id)
    const begins = asked.action === 'join' || asked.action === 'create' || asked.action === 'direct'
    if (ends) rooms.delete(room.id)
    else if (begins || rooms.has(room.id)) enter(room)
  }
  const takeAnswer = (asked: Up, answer: Down): void => {
    switch (answer.type) {
      case 'room':
        takeRoom(asked, answer.room)
        break
      case 'synced':
        change(answer.room, (held) => {
          for (const message of answer.messages) hold(held, message)
          held.unfinished = answer.more
          if (asked.action === 'sync' && asked.since <= held.complete) advance(held, answer.rev)
        })
        break
      case 'members':
        change(answer.room, (held) => {
          held.members = new Map(answer.members.map((member) => [member.id, member]))
          held.membersChanged = false
        })
        break
      case 'pong':
        for (const [room, rev] of Object.entries(answer.revs ?? {})) {
          change(room as RoomId, (held) => {
            held.told = Math.max(held.told, rev)
          })
        }
        break
      case 'ok':
        if (asked.action === 'read') take({ type: 'read', room: asked.room, user: me?.id as UserId, seq: asked.seq })
        if (asked.action === 'rename') rename(me?.id as UserId, asked.name)
        break
      case 'error':
        if (answer.code !== 'not_found') break
        if (asked.action === 'sync' || asked.action === 'members') rooms.delete(asked.room)
        break
      default:
        take(answer)
    }
  }
  const wants = (): readonly Up[] =>
    [...rooms].flatMap(([room, held]): Up[] => [
      ...(held.unfinished || held.complete < held.told
        ? [{ action: 'sync', room, since: held.complete, limit: syncLimit } as const]
        : []),
      ...openHoles(held).map((rev) => ({ action: 'sync', room, since: rev - 1, limit: 1 }) as const),
      ...(held.membersChanged ? [{ action: 'members', room } as const] : []),
    ])

  return {
    begin: () => {
      greeted = false
      early.length = 0
    },
    take,
    takeAnswer,
    wants,
    rooms: () => [...rooms.keys()],
    told: (room) => rooms.get(room)?.told ?? 0,
    state: () => {
      if (!me) throw new Error('there was no welcome')
      return { me, rooms: Object.fromEntries([...rooms].map(([id, held]) => [id, stateOf(held)])) }
    },
  }
}
