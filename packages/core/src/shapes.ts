import type { Account as AccountShape, Room, Self, User } from '@parley/protocol'
import type { Answers, WireAnswer } from './answer.ts'
import type { Event } from './events.ts'
import type { Account, RoomFacts, StoredMessage } from './ports/store.ts'

/** Milliseconds since 1970 as ISO 8601. */
export const instant = (ms: number): string => new Date(ms).toISOString()

export const publicUser = ({ id, name, kind }: Account): User => ({ id, name, kind })
export const self = ({ id, name, kind, role }: Account): Self => ({ id, name, kind, role })
export const accountShape = ({ id, name, kind, role, banned, createdAt }: Account): AccountShape => ({
  id,
  name,
  kind,
  role,
  banned,
  createdAt,
})

export const roomShape = ({ id, kind, name, topic, with: people }: RoomFacts, rev: number): Room => ({
  id,
  kind,
  name,
  topic,
  rev,
  ...(people && { with: [...people] }),
})

export const ok: Extract<WireAnswer, { type: 'ok' }> = { type: 'ok' }

export const messageAnswer = ({ message }: StoredMessage): Answers['send'] => ({
  type: 'message',
  room: message.room,
  rev: message.rev,
  message,
})

export const messageChanged = (stored: StoredMessage): Event => ({
  type: 'message-changed',
  room: stored.message.room,
  stored,
})
