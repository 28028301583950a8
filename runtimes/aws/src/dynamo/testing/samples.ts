import type { Account, Draft, Membership, RoomFacts, SessionId } from '@parley/core'
import type { ConnectionId, MessageId, RoomId, UserId } from '@parley/protocol'

const uuid = (kind: number, number: number): string =>
  `0000000${kind}-0000-4000-8000-${String(number).padStart(12, '0')}`

export const user = (number: number): UserId => uuid(1, number) as UserId
export const message = (number: number): MessageId => uuid(2, number) as MessageId
export const session = (number: number): SessionId => uuid(3, number) as SessionId
export const connectionId = (number: number): ConnectionId => `c${number}=` as ConnectionId
export const room = (word: string): RoomId => word as RoomId
export const general = room('general')

/** ISO 8601, `ms` after a fixed moment. */
export const at = (ms: number): string => new Date(Date.UTC(2026, 0, 1) + ms).toISOString()

/** A page without bounds. */
export const whole = { limit: 1_000_000, bytes: 1_000_000_000 } as const

export const account = (number: number, name = `P${number}`, more: Partial<Account> = {}): Account => ({
  id: user(number),
  name,
  kind: 'person',
  role: 'member',
  banned: false,
  createdAt: at(number),
  ...more,
})

export const guest = (number: number, name: string): Account => account(number, name, { kind: 'guest', role: 'guest' })

export const facts = (id: RoomId, more: Partial<RoomFacts> = {}): RoomFacts => ({
  id,
  kind: 'private',
  name: id,
  topic: '',
  createdAt: at(0),
  ...more,
})

export const member = (id: RoomId, number: number, more: Partial<Membership> = {}): Membership => ({
  room: id,
  user: user(number),
  role: 'member',
  joinedAt: at(100 + number),
  read: 0,
  ...more,
})

export const draft = (number: number, by = 1, more: Partial<Draft> = {}): Draft => ({
  id: message(number),
  room: general,
  from: { id: user(by), name: `P${by}`, kind: 'person' },
  text: `text ${number}`,
  at: at(number),
  ...more,
})
