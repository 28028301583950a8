import { type Action, limits, type Message, type Up, upFrames } from '@parley/protocol'
import type { Connection } from './actor.ts'
import type { WireCommand } from './command.ts'
import type { Event } from './events.ts'
import { explain } from './explain.ts'
import type { Dialect, Misread, Request } from './ports/dialect.ts'
import { type Refusal, refuse } from './refusal.ts'

const isAction = (action: string): action is Action => Object.hasOwn(upFrames, action)

const refOf = (value: object): string | undefined => {
  const ref = 'ref' in value ? value.ref : undefined
  return typeof ref === 'string' && ref.length <= limits.refUnits ? ref : undefined
}

const withRef = (refusal: Refusal, ref: string | undefined) => (ref === undefined ? { refusal } : { refusal, ref })

const decode = (frame: string, _connection?: Connection): Request | Misread => {
  let value: unknown
  try {
    value = JSON.parse(frame)
  } catch {
    return { refusal: refuse('bad_request', 'A frame is JSON text.') }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { refusal: refuse('bad_request', 'A frame is one JSON object.') }
  }
  const ref = refOf(value)
  const action = 'action' in value ? value.action : undefined
  if (typeof action !== 'string') return withRef(refuse('bad_request', 'A frame has an action.'), ref)
  if (!isAction(action)) return withRef(refuse('unknown_action', 'There is no such action.'), ref)
  const parsed = upFrames[action].safeParse(value)
  if (!parsed.success) return withRef(explain(parsed.error), ref)
  const { ref: _, ...command } = parsed.data as Up
  return ref === undefined ? { command: command as WireCommand } : { command: command as WireCommand, ref }
}

const messageFrames = new WeakMap<Message, string>()

/** A `message` frame but for its end: written once for the answer to its sender and the event for the others. */
const messageFrame = (message: Message): string => {
  const written = messageFrames.get(message)
  if (written !== undefined) return written
  const frame = JSON.stringify({ type: 'message', room: message.room, rev: message.rev, message }).slice(0, -1)
  messageFrames.set(message, frame)
  return frame
}

const encodeEvent = (event: Event): string | undefined => {
  switch (event.type) {
    case 'message-changed':
      return `${messageFrame(event.stored.message)}}`
    case 'text-grown': {
      const { room, id, rev, at, text } = event
      return JSON.stringify({ type: 'delta', room, id, rev, at, text })
    }
    case 'note-told': {
      const { room, id, text, streaming } = event
      return JSON.stringify({ type: 'note', room, id, text, ...(streaming && { streaming }) })
    }
    case 'room-changed':
    case 'members-changed':
    case 'room-joined':
      return JSON.stringify({ type: 'room', room: event.room })
    case 'room-left':
      return JSON.stringify({ type: 'left', room: event.room })
    case 'user-renamed':
      return JSON.stringify({ type: 'user', user: event.user })
    case 'presence-changed':
      return JSON.stringify({ type: 'presence', user: event.user, online: event.online })
    case 'typed':
      return JSON.stringify({ type: 'typing', room: event.room, user: event.user })
    case 'marker-moved':
      return JSON.stringify({ type: 'read', room: event.room, user: event.user, seq: event.seq })
    case 'broadcast-made':
      return JSON.stringify({ type: 'broadcast', ...event.broadcast })
    case 'connection-ended':
      return JSON.stringify({ type: 'bye', code: event.code, message: event.message, retry: event.retry })
    case 'company-told':
    case 'session-ended':
    case 'user-banned':
      return undefined
  }
}

/** Parley's own wire, as `packages/protocol` has it. */
export const parleyDialect = {
  name: 'parley',
  decode,
  encodeAnswer: (answer, ref) => {
    switch (answer.type) {
      case 'ok':
        return ref === undefined ? undefined : JSON.stringify({ type: 'ok', ref })
      case 'pong':
        return ref === undefined ? undefined : JSON.stringify({ ...answer, ref })
      case 'message':
        return `${messageFrame(answer.message)}${ref === undefined ? '' : `,"ref":${JSON.stringify(ref)}`}}`
      default:
        return JSON.stringify({ ...answer, ref })
    }
  },
  encodeRefusal: ({ refused: code, message, retry }, ref) =>
    JSON.stringify({ type: 'error', ref, code, message, retry }),
  encodeEvent,
} satisfies Dialect
