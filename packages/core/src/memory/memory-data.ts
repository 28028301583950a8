import type { Broadcast, MessageId, RoomId, UserId } from '@parley/protocol'
import type { SessionId } from '../actor.ts'
import type { Account, Session, Ticket } from '../ports/records.ts'
import { general, generalFacts } from '../store-rules.ts'
import { type MemoryRoom, memoryRoom } from './memory-room.ts'

/** All that is kept, for who wants to look at it in more ways than one. */
export interface MemoryData {
  readonly users: Map<UserId, Account>
  readonly sessions: Map<SessionId, Session>
  readonly tickets: Map<string, Ticket>
  readonly rooms: Map<RoomId, MemoryRoom>
  readonly broadcasts: Map<MessageId, Broadcast>
}

/** Nobody, and the room that always exists. */
export const memoryData = (): MemoryData => ({
  users: new Map(),
  sessions: new Map(),
  tickets: new Map(),
  rooms: new Map([[general, memoryRoom(generalFacts)]]),
  broadcasts: new Map(),
})
