import {
  type Account as AccountShape,
  type Bot,
  type Room,
  type RoomBot,
  roomBotDefaults,
  type Self,
  type User,
} from '@parley/protocol'
import type { Answers, WireAnswer } from './answer.ts'
import type { Event } from './events.ts'
import type { Account, RoomFacts, StoredMessage } from './ports/records.ts'

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

export const botShape = ({ id, name, bot, banned, createdAt }: Account): Bot => ({
  id,
  name,
  runs: bot?.runs ?? 'outside',
  ...(bot?.model !== undefined && { model: bot.model }),
  ...(bot?.instructions !== undefined && { instructions: bot.instructions }),
  banned,
  createdAt,
})

/** How the bots of a room behave. */
export const roomBot = ({ bot: set = {} }: RoomFacts): RoomBot => {
  const { speaks, asks, stops, answersBots } = { ...roomBotDefaults, ...set }
  return {
    speaks,
    asks,
    stops,
    answersBots,
    ...(set.bot !== undefined && { bot: set.bot }),
    ...(set.model !== undefined && { model: set.model }),
  }
}

export const roomShape = (facts: RoomFacts, rev: number): Room => {
  const { id, kind, name, topic, with: people, bot } = facts
  return {
    id,
    kind,
    name,
    topic,
    rev,
    ...(people && { with: [...people] }),
    ...(bot && { bot: roomBot(facts) }),
  }
}

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

/** The same where it is now said, whole. */
export const messageSaid = (stored: StoredMessage): Event => ({
  type: 'message-changed',
  room: stored.message.room,
  stored,
  said: true,
})
