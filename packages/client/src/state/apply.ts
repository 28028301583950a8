import type { Down, DownType, Message, Room } from '@parley/protocol'
import type { Ask } from '../wire.ts'
import { takeNote } from './notes.ts'
import { settle } from './outgoing.ts'
import { meet, rename, see, seeOnline, takeMembers } from './people.ts'
import { changed, newRoom, slim, withFacts, withOverview, withWindow } from './room.ts'
import { type ClientState, changeRoom, doubt, dropRoom, type RoomState, withEntry } from './state.ts'
import { change, extend, grow, hear, heldById, mend } from './window.ts'

/** What a reducer may be told besides the frame. */
export interface Context {
  /** The own frame that this one answers, and when it was asked. */
  readonly asked?: Ask | undefined
  readonly askedAt?: number | undefined
  /** Milliseconds since 1970, like all times here. */
  readonly now: number
  /** Gaps of more changes than this are not healed by `sync`. */
  readonly maxGap: number
}

/** An answer takes less than this, or is no longer waited for. */
const newsMs = 60_000

type Reducer<T extends DownType> = (state: ClientState, frame: Down<T>, context: Context) => ClientState

const unchanged = (state: ClientState): ClientState => state

/** Who is greeted while it is online has heard all the time who came and went; who comes back has not. */
const welcome: Reducer<'welcome'> = (state, { me, rooms, users, more }, { maxGap }) => {
  const isRenewal = state.connection.status === 'online'
  const told = rooms.map((room): [string, RoomState] => {
    const entered = withOverview(state.rooms.get(room.id), room, maxGap)
    return [room.id, isRenewal ? entered : { ...entered, typing: [] }]
  })
  const ids = new Set(told.map(([id]) => id))
  const untold = more ? [...state.rooms].filter(([id]) => !ids.has(id)) : []
  const greeted: ClientState = {
    ...state,
    me,
    rooms: new Map([...told, ...untold]),
    online: isRenewal ? state.online : new Map(),
    isPartial: more,
    doubts: new Map(),
  }
  return see(seeOnline(rename(greeted, me), me.id, true), users)
}

const withoutTyping = (room: RoomState, user: string): RoomState =>
  room.typing.some((id) => id === user) ? { ...room, typing: room.typing.filter((id) => id !== user) } : room

/** Takes one changed message, wherever it was told. */
const takeMessage = (state: ClientState, message: Message): ClientState => {
  const settled = settle(meet(state, message.from), message)
  return changeRoom(settled, message.room, (room) => {
    const held = withoutTyping(withWindow(room, change(room.window, message)), message.from.id)
    return state.opened.has(message.room) ? held : slim(held)
  })
}

const synced: Reducer<'synced'> = (state, frame, { asked }) => {
  if (asked?.action !== 'sync') return state
  const met = frame.messages.reduce((next, message) => settle(meet(next, message.from), message), state)
  return changeRoom(met, frame.room, (room) => {
    const held = withWindow(room, mend(room.window, frame, asked.since))
    return state.opened.has(frame.room) ? held : slim(held)
  })
}

const page: Reducer<'page'> = (state, frame, { asked }) => {
  if (asked?.action !== 'history') return state
  const met = frame.messages.reduce((next, message) => settle(meet(next, message.from), message), state)
  return changeRoom(met, frame.room, (room) =>
    withWindow(room, extend(room.window, frame, asked.before ?? Number.MAX_SAFE_INTEGER)),
  )
}

const hold = (state: ClientState, room: Room): ClientState => ({
  ...state,
  rooms: withEntry(state.rooms, room.id, newRoom(room)),
})

/** The answer to an own act upon a room. */
const answerRoom = (state: ClientState, room: Room, asked: Ask): ClientState => {
  if (asked.action === 'leave' || (asked.action === 'remove' && asked.user === state.me?.id)) {
    const left = dropRoom(state, room.id)
    return state.doubts.has(room.id) ? doubt(left, room.id) : left
  }
  if (state.rooms.has(room.id)) return changeRoom(state, room.id, (held) => withFacts(held, room))
  const isEntered = asked.action === 'join' || asked.action === 'create' || asked.action === 'direct'
  return isEntered ? doubt(hold(state, room), room.id) : state
}

/** Unasked, an unknown room may be a new one, or an old frame of one that was left: it is asked for. */
const room: Reducer<'room'> = (state, frame, { asked }) => {
  if (asked) return answerRoom(state, frame.room, asked)
  const { id, rev } = frame.room
  if (!state.rooms.has(id)) return doubt(state, id, Math.min(rev, state.doubts.get(id)?.since ?? rev))
  const told = changeRoom(state, id, (held) => withFacts(held, frame.room))
  return state.doubts.has(id) ? doubt(told, id) : told
}

const moveMarker = (state: ClientState, id: string, seq: number): ClientState =>
  changeRoom(state, id, (held) => {
    const marker = Math.max(held.marker, seq)
    return changed(held, { marker, wanted: held.wanted > marker ? held.wanted : 0 })
  })

const read: Reducer<'read'> = (state, { room: id, user, seq }) =>
  user === state.me?.id
    ? moveMarker(state, id, seq)
    : changeRoom(state, id, (held) =>
        (held.readBy.get(user) ?? 0) < seq ? { ...held, readBy: withEntry(held.readBy, user, seq) } : held,
      )

const pong: Reducer<'pong'> = (state, { revs = {} }, { asked }) => {
  if (asked?.action !== 'ping') return state
  return (asked.rooms ?? []).reduce((next, id) => {
    const rev = revs[id]
    return rev === undefined
      ? doubt(next, id)
      : changeRoom(next, id, (held) => withWindow(held, hear(held.window, rev)))
  }, state)
}

/** Who says something bit by bit is not told of it. */
const saidMore = (state: ClientState, { room: of, id, at, text }: Ask<'delta'>): ClientState =>
  changeRoom(state, of, (held) => {
    const rev = heldById(held.window, id)?.rev ?? 0
    return withWindow(held, grow(held.window, { id, rev, at, text }))
  })

const ok: Reducer<'ok'> = (state, _frame, { asked, now }) => {
  if (asked?.action === 'delta') return saidMore(state, asked)
  if (asked?.action === 'read') return moveMarker(state, asked.room, asked.seq)
  if (asked?.action === 'rename' && state.me) {
    return withNews(rename(state, { ...state.me, name: asked.name.normalize('NFC').trim() }), state.me.id, now)
  }
  return state
}

/** A room that one may not read or write any more is perhaps no longer one's own. */
const error: Reducer<'error'> = (state, { code }, { asked }) => {
  if (!asked || !('room' in asked) || (code !== 'not_found' && code !== 'forbidden')) return state
  return state.rooms.has(asked.room) ? doubt(state, asked.room) : state
}

/** Remembers that a user was told of; what was remembered before the last minute is no longer needed. */
const withNews = (state: ClientState, user: string, now: number): ClientState => {
  const recent = [...state.news].filter(([, at]) => at > now - newsMs)
  return { ...state, news: new Map([...recent, [user, now]]) }
}

const reducers: { readonly [T in DownType]: Reducer<T> } = {
  welcome,
  ok,
  pong,
  message: (state, { message }) => takeMessage(state, message),
  synced,
  page,
  room,
  members: (state, frame, { asked, askedAt = 0 }) =>
    asked?.action === 'members'
      ? takeMembers(state, frame.room, frame.members, { isFirst: asked.after === undefined, askedAt })
      : state,
  left: (state, frame) => doubt(dropRoom(state, frame.room), frame.room),
  presence: (state, { user, online }, { now }) => withNews(seeOnline(state, user, online), user, now),
  user: (state, { user }, { now }) => withNews(rename(state, user), user.id, now),
  typing: (state, frame) =>
    changeRoom(state, frame.room, (held) =>
      held.typing.includes(frame.user) ? held : { ...held, typing: [...held.typing, frame.user] },
    ),
  read,
  delta: (state, { room: of, id, rev, at, text }) =>
    changeRoom(state, of, (held) => withWindow(held, grow(held.window, { id, rev, at, text }))),
  note: takeNote,
  broadcast: unchanged,
  error,
  bye: unchanged,
}

/**
 * The state after one frame. Frames may come in any order, twice, or not at all: what that leaves open is in the state
 * as a gap, an uncertain count or a doubt, until it is healed. Types that are not known are passed over.
 */
export const apply = (state: ClientState, frame: Down, context: Context): ClientState => {
  if (!Object.hasOwn(reducers, frame.type)) return state
  const reducer = reducers[frame.type] as Reducer<DownType>
  return reducer(state, frame, context)
}

/** The typing of somebody is over. */
export const forgetTyping = (state: ClientState, id: string, user: string): ClientState =>
  changeRoom(state, id, (room) => withoutTyping(room, user))

/** The own marker is to go to a seq, at most to what the room is known to have. */
export const wantRead = (state: ClientState, id: string, seq: number): ClientState =>
  changeRoom(state, id, (room) => {
    const wanted = Math.min(seq, room.window.newest)
    return wanted > room.read ? changed(room, { wanted }) : room
  })
