import type { Message, MessageId, UserId } from '@parley/protocol'
import type {
  ChangeRefused,
  Draft,
  Growth,
  GrowthRefused,
  Membership,
  MessageChange,
  MessagePage,
  PageSize,
  RoomFacts,
  StoredMessage,
  Summary,
  Variant,
} from '../ports/records.ts'
import { changedStored, fitting, grown, newMessage, newStored } from '../store-rules.ts'

/** One room with its members and messages. */
export interface MemoryRoom {
  facts: RoomFacts
  readonly members: Map<UserId, Membership>
  rev(): number
  /** How many messages came after a seq. */
  countAfter(seq: number): number
  append(draft: Draft): { stored: StoredMessage; repeated: boolean } | 'conflict'
  change(id: MessageId, change: MessageChange): { stored: StoredMessage; changed: boolean } | ChangeRefused
  grow(id: MessageId, growth: Growth): StoredMessage | GrowthRefused
  lease(id: MessageId, lease: { readonly run: number; readonly until: string; readonly endedBefore?: string }): boolean
  orphans(before: string): readonly MessageId[]
  readonly variants: Map<string, Variant>
  summary: Summary | undefined
  message(id: MessageId): StoredMessage | undefined
  since(since: number, size: PageSize): MessagePage
  history(place: { readonly before?: number; readonly after?: number }, size: PageSize): MessagePage
  sentFrom(user: UserId, origin: string): readonly Message[]
  /** All messages by seq, each with its origin. */
  kept(): readonly KeptMessage[]
  /** Adds a message as it stands, after all others by seq; says whether its id is new. */
  keep(message: KeptMessage): boolean
}

interface KeptMessage extends StoredMessage {
  readonly origin?: string
}

export const memoryRoom = (facts: RoomFacts): MemoryRoom => {
  /** By seq. */
  const messages: StoredMessage[] = []
  const origins = new Map<MessageId, string>()
  let rev = 0

  const indexOf = (id: MessageId): number => messages.findIndex(({ message }) => message.id === id)

  return {
    facts,
    members: new Map(),
    variants: new Map(),
    summary: undefined,
    rev: () => rev,
    countAfter: (seq) => messages.filter(({ message }) => message.seq > seq).length,
    append(draft) {
      const known = messages[indexOf(draft.id)]
      if (known) return known.message.from.id === draft.from.id ? { stored: known, repeated: true } : 'conflict'
      rev += 1
      const message = newMessage(draft, rev, messages.at(-1)?.message.at)
      const stored = newStored(draft, message)
      messages.push(stored)
      if (draft.origin !== undefined) origins.set(draft.id, draft.origin)
      return { stored, repeated: false }
    },
    change(id, change) {
      const index = indexOf(id)
      const stored = messages[index]
      if (!stored) return 'missing'
      const changed = changedStored(stored, change, rev + 1)
      if (changed === undefined) return { stored, changed: false }
      if (typeof changed === 'string') return changed
      rev += 1
      messages[index] = changed
      return { stored: changed, changed: true }
    },
    grow(id, growth) {
      const index = indexOf(id)
      const stored = messages[index]
      const next = stored ? grown(stored, growth) : 'missing'
      if (typeof next === 'object') messages[index] = next
      return next
    },
    lease(id, { run, until, endedBefore }) {
      const index = indexOf(id)
      const stored = messages[index]
      if (stored?.stream?.run !== run) return false
      if (endedBefore !== undefined && stored.stream.leaseUntil > endedBefore) return false
      messages[index] = { ...stored, stream: { ...stored.stream, leaseUntil: until } }
      return true
    },
    orphans: (before) =>
      messages.flatMap(({ message, stream }) => (stream && stream.leaseUntil < before ? message.id : [])),
    message: (id) => messages[indexOf(id)],
    since(since, size) {
      const above = messages.filter(({ message }) => message.rev > since)
      above.sort((one, other) => one.message.rev - other.message.rev)
      const page = above.slice(0, fitting(above, size))
      const more = page.length < above.length
      return { messages: page, rev: more ? (page.at(-1)?.message.rev ?? rev) : rev, more }
    },
    history({ before = Number.POSITIVE_INFINITY, after }, size) {
      if (after !== undefined) {
        const newer = messages.filter(({ message }) => message.seq > after)
        const page = newer.slice(0, fitting(newer, size))
        return { messages: page, rev, more: page.length < newer.length }
      }
      const older = messages.filter(({ message }) => message.seq < before).reverse()
      const page = older.slice(0, fitting(older, size)).reverse()
      return { messages: page, rev, more: page.length < older.length }
    },
    sentFrom: (user, origin) =>
      messages.flatMap(({ message }) =>
        message.from.id === user && origins.get(message.id) === origin ? message : [],
      ),
    kept: () =>
      messages.map((stored) => {
        const origin = origins.get(stored.message.id)
        return origin === undefined ? stored : { ...stored, origin }
      }),
    keep({ origin, ...stored }) {
      const { id } = stored.message
      if (indexOf(id) >= 0) return false
      messages.push(stored)
      if (origin !== undefined) origins.set(id, origin)
      rev = Math.max(rev, stored.message.rev)
      return true
    },
  }
}
