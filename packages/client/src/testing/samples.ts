import type { Down, Message, MyRoom, RoomId, SeenUser, Self, UserId } from '@parley/protocol'
import { apply, type Context } from '../state/apply.ts'
import { type ClientState, emptyState } from '../state/state.ts'
import type { Ask } from '../wire.ts'

const uuid = (kind: number, number: number): string =>
  `0000000${kind}-0000-4000-8000-${String(number).padStart(12, '0')}`

export const userId = (number: number): UserId => uuid(1, number) as UserId
export const messageId = (number: number): Message['id'] => uuid(2, number) as Message['id']
export const general = 'general' as RoomId

export const me: Self = { id: userId(1), name: 'Ada', kind: 'person', role: 'member' }
export const bea: SeenUser = { id: userId(2), name: 'Bea', kind: 'person', online: true }

/** A message that was created at a seq, by Bea if nothing else is said. */
export const message = (seq: number, more: Partial<Message> = {}): Message => ({
  id: messageId(seq),
  room: general,
  seq,
  rev: seq,
  from: { id: bea.id, name: bea.name, kind: bea.kind },
  text: `text ${seq}`,
  at: new Date(seq * 1000).toISOString(),
  ...more,
})

export const told = (one: Message): Down<'message'> => ({ type: 'message', room: one.room, rev: one.rev, message: one })

export const myRoom = (more: Partial<MyRoom> = {}): MyRoom => ({
  id: general,
  kind: 'public',
  name: 'general',
  topic: '',
  rev: 10,
  read: 10,
  unread: 0,
  ...more,
})

export const welcome = (more: Partial<Down<'welcome'>> = {}): Down<'welcome'> => ({
  type: 'welcome',
  v: 1,
  connection: 'connection' as Down<'welcome'>['connection'],
  me,
  rooms: [myRoom()],
  users: [],
  heartbeat: 30,
  more: false,
  ...more,
})

const context: Context = { maxGap: 500, now: 0 }

/** The state after some frames, each with what it answers if it is an answer. */
export const stateAfter = (
  frames: readonly (Down | readonly [Ask, Down])[],
  from: ClientState = emptyState,
): ClientState =>
  frames.reduce((state, one) => {
    if ('type' in one) return apply(state, one, context)
    const [asked, frame] = one
    return apply(state, frame, { ...context, asked })
  }, from)
