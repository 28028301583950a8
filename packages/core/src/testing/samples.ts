import type { MessageId, RoomId, UserId } from '@parley/protocol'
import type { SessionId } from '../actor.ts'
import type { Account, Draft, Membership, RoomFacts } from '../ports/records.ts'
import type { Store } from '../ports/store.ts'

const uuid = (kind: number, number: number): string =>
  `0000000${kind}-0000-4000-8000-${number.toString(16).padStart(12, '0')}`

/** Ids that sort as their numbers do. */
export const userId = (number: number): UserId => uuid(1, number) as UserId
export const messageId = (number: number): MessageId => uuid(2, number) as MessageId
export const sessionId = (number: number): SessionId => uuid(3, number) as SessionId
export const roomId = (word: string): RoomId => word as RoomId

export const general = roomId('general')

/** A time of day, `ms` after a fixed moment, ISO 8601. */
export const instant = (ms: number): string => new Date(Date.UTC(2026, 0, 1) + ms).toISOString()

export const account = (number: number, more: Partial<Account> = {}): Account => ({
  id: userId(number),
  name: `Person ${number}`,
  kind: 'person',
  role: 'member',
  banned: false,
  createdAt: instant(number),
  ...more,
})

export const guest = (number: number, name: string): Account => account(number, { name, kind: 'guest', role: 'guest' })

export const facts = (word: string, more: Partial<RoomFacts> = {}): RoomFacts => ({
  id: roomId(word),
  kind: 'public',
  name: word,
  topic: '',
  createdAt: instant(0),
  ...more,
})

export const membership = (word: string, user: number, more: Partial<Membership> = {}): Membership => ({
  room: roomId(word),
  user: userId(user),
  role: 'member',
  joinedAt: instant(1_000),
  read: 0,
  ...more,
})

export const draft = (number: number, user: number, more: Partial<Draft> = {}): Draft => ({
  id: messageId(number),
  room: general,
  from: { id: userId(user), name: `Person ${user}`, kind: 'person' },
  text: `text ${number}`,
  at: instant(number),
  ...more,
})

/** 1, 2, ... `count`. */
export const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1)

/** Adds the users 1 to `count`. */
export const addPeople = async (store: Store, count: number): Promise<void> => {
  await Promise.all(upTo(count).map((number) => store.addUser(account(number))))
}

/** The stored message of an append that was no conflict. */
export const append = async (store: Store, what: Draft) => {
  const answer = await store.appendMessage(what)
  if (answer === 'conflict') throw new Error(`the id ${what.id} is taken`)
  return answer
}

/** A page without bounds. */
export const whole = { limit: 1_000_000, bytes: 1_000_000_000 } as const
