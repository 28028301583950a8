import type { Broadcast, Down, Message } from '@parley/protocol'
import type { ParleyError } from '../errors.ts'
import type { Session } from '../session.ts'
import { noteOf } from './notes.ts'
import type { ClientState, ConnectionState, Note, Outgoing, RoomState } from './state.ts'
import { hasHeard, heldAt, heldById } from './window.ts'

/** What a client tells, by the name of the event. */
export interface Events {
  /** The connection stands otherwise than before. */
  connection: ConnectionState
  /** Each message once as `created`, and then for each of its changes that was heard. Pages of history are not told. */
  message: { readonly room: string; readonly message: Message; readonly change: 'created' | 'changed' }
  /** A reply has grown: its text from `at` on, in UTF-16 units, is new. One that begins anew is told as `message`. */
  grown: { readonly room: string; readonly message: Message; readonly at: number }
  /** A bot says something to oneself alone, or more of it. */
  note: Note
  /** One is in a room now. */
  joined: RoomState
  /** One is no longer in a room. */
  left: { readonly room: string }
  /** A room has another name or topic. */
  room: RoomState
  typing: { readonly room: string; readonly user: string }
  presence: { readonly user: string; readonly online: boolean }
  /** An admin speaks to everybody. */
  broadcast: Broadcast
  /** A message of the outbox is stored. */
  sent: { readonly outgoing: Outgoing; readonly message: Message }
  /** A message of the outbox will not be sent by itself any more; `outgoing.failed` says why. */
  failed: { readonly outgoing: Outgoing }
  /** The token was renewed: what is to be kept for the next start. */
  session: Session
  /** Something went wrong that nobody waits for. */
  error: ParleyError
}

/** The names that `client.on` takes. */
export type EventName = keyof Events
/** One event. */
export type Happening = { [N in EventName]: { readonly name: N; readonly event: Events[N] } }[EventName]

const changeOf = (before: ClientState, message: Message): Happening[] => {
  const room = before.rooms.get(message.room)
  if (!room) return []
  const tell = (change: 'created' | 'changed'): Happening[] => [
    { name: 'message', event: { room: message.room, message, change } },
  ]
  const held = heldAt(room.window, message.seq)
  if (held) return held.rev < message.rev ? tell('changed') : []
  if (message.seq > room.window.start) return tell('created')
  return hasHeard(room.window, message.rev) ? [] : tell('changed')
}

/** What a text that was held before has grown by. */
const growthOf = (before: ClientState, after: ClientState, room: string, id: string): Happening[] => {
  const [old, now] = [before, after].map(({ rooms }) => {
    const window = rooms.get(room)?.window
    return window && heldById(window, id)
  })
  if (!old || !now || old.rev !== now.rev || old.text.length >= now.text.length) return []
  return [{ name: 'grown', event: { room, message: now, at: old.text.length } }]
}

const growthIn = (before: ClientState, after: ClientState, messages: readonly Message[]): Happening[] =>
  messages.flatMap(({ streaming, room, id }) => (streaming ? growthOf(before, after, room, id) : []))

/** What was joined, left and renamed between two states. */
export const roomChanges = (before: ClientState, after: ClientState): readonly Happening[] => {
  if (before.rooms === after.rooms) return []
  const left = [...before.rooms.keys()].filter((id) => !after.rooms.has(id))
  return [
    ...left.map((room): Happening => ({ name: 'left', event: { room } })),
    ...[...after.rooms.values()].flatMap((room): Happening[] => {
      const held = before.rooms.get(room.id)
      if (!held) return [{ name: 'joined', event: room }]
      return held.facts === room.facts ? [] : [{ name: 'room', event: room }]
    }),
  ]
}

/** What a frame tells that was not known before it. */
export const happenings = (before: ClientState, after: ClientState, frame: Down): readonly Happening[] => {
  switch (frame.type) {
    case 'message':
      return [...changeOf(before, frame.message), ...growthIn(before, after, [frame.message])]
    case 'synced':
      return [
        ...frame.messages.flatMap((message) => changeOf(before, message)),
        ...growthIn(before, after, frame.messages),
      ]
    case 'page':
      return growthIn(before, after, frame.messages)
    case 'delta':
      return growthOf(before, after, frame.room, frame.id)
    case 'note': {
      const note = noteOf(after, frame.room, frame.id)
      return note && note !== noteOf(before, frame.room, frame.id) ? [{ name: 'note', event: note }] : []
    }
    case 'welcome':
    case 'room':
    case 'left':
      return roomChanges(before, after)
    case 'typing':
      return [{ name: 'typing', event: { room: frame.room, user: frame.user } }]
    case 'presence':
      return before.online === after.online
        ? []
        : [{ name: 'presence', event: { user: frame.user, online: frame.online } }]
    case 'broadcast': {
      const { id, from, text, at } = frame
      return [{ name: 'broadcast', event: { id, from, text, at } }]
    }
    default:
      return []
  }
}
