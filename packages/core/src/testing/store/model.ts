import type { Message, MessageId, RoomId, UserId } from '@parley/protocol'
import type {
  ChangeRefused,
  Draft,
  Growth,
  GrowthRefused,
  MessageChange,
  MessagePage,
  PageSize,
  StoredMessage,
  Stream,
} from '../../ports/records.ts'
import { changeReply, type ReplyEntry } from './reply-model.ts'

type Reaction = readonly [emoji: string, user: UserId]

interface Entry extends ReplyEntry {
  readonly draft: Draft
  readonly seq: number
  /** Milliseconds since 1970. */
  readonly at: number
  rev: number
  deletedAt?: string
  reactions: readonly Reaction[]
}

export type RoomModel = ReturnType<typeof roomModel>

/** The messages of one room in the plainest form there is, to compare stores with. Knows no limits of reactions. */
export const roomModel = () => {
  const entries: Entry[] = []
  let rev = 0

  const find = (id: MessageId) => entries.find(({ draft }) => draft.id === id)
  const append = (draft: Draft): { stored: StoredMessage; repeated: boolean } | 'conflict' => {
    const known = find(draft.id)
    if (known && known.draft.from.id !== draft.from.id) return 'conflict'
    if (known) return { stored: stored(known), repeated: true }
    rev += 1
    const at = Math.max(Date.parse(draft.at), (entries.at(-1)?.at ?? 0) + 1)
    const entry: Entry = { draft, seq: rev, rev, at, text: draft.text, reactions: [] }
    if (draft.streaming) entry.stream = { run: rev, leaseUntil: draft.streaming.leaseUntil, restarts: 0 }
    entries.push(entry)
    return { stored: stored(entry), repeated: false }
  }
  const change = (id: MessageId, what: MessageChange): { stored: StoredMessage; changed: boolean } | ChangeRefused => {
    const entry = find(id)
    if (!entry) return 'missing'
    if (entry.deletedAt !== undefined && what.kind !== 'delete') return 'deleted'
    if (entry.stream && what.kind === 'edit') return 'streaming'
    const before = contents(entry)
    const refused = changeReply(entry, what, rev + 1)
    if (refused) return refused
    apply(entry, what)
    const changed = contents(entry) !== before
    if (changed) {
      rev += 1
      entry.rev = rev
    }
    return { stored: stored(entry), changed }
  }
  const grow = (id: MessageId, { at, text, leaseUntil, run }: Growth): StoredMessage | GrowthRefused => {
    const entry = find(id)
    if (!entry) return 'missing'
    if (!entry.stream || (run !== undefined && run !== entry.stream.run)) return 'ended'
    if (at > entry.text.length) return 'gap'
    const said = entry.text.slice(0, at) + text
    if (!said.startsWith(entry.text) && !entry.text.startsWith(said)) return 'different'
    entry.text = said.length > entry.text.length ? said : entry.text
    entry.stream = { ...entry.stream, leaseUntil }
    return stored(entry)
  }
  const lease = (id: MessageId, run: number, until: string, endedBefore: string | undefined): boolean => {
    const entry = find(id)
    if (entry?.stream?.run !== run || (endedBefore !== undefined && entry.stream.leaseUntil > endedBefore)) return false
    entry.stream = { ...entry.stream, leaseUntil: until }
    return true
  }
  const orphans = (before: string): readonly MessageId[] =>
    entries.flatMap(({ draft, stream }) => (stream && stream.leaseUntil < before ? draft.id : []))
  const since = (start: number, size: PageSize): MessagePage => {
    const above = entries.filter((entry) => entry.rev > start).sort((one, other) => one.rev - other.rev)
    const { page, more } = cut(above.map(stored), size)
    return { messages: page, more, rev: more ? (page.at(-1)?.message.rev ?? 0) : rev }
  }
  const history = (place: { before?: number; after?: number }, size: PageSize): MessagePage => {
    const { before = Number.POSITIVE_INFINITY, after } = place
    const all = entries.map(stored)
    if (after !== undefined) {
      const newer = all.filter(({ message }) => message.seq > after)
      const { page, more } = cut(newer, size)
      return { messages: page, more, rev }
    }
    const older = all.filter(({ message }) => message.seq < before)
    const { page, more } = cut(older.reverse(), size)
    return { messages: page.reverse(), more, rev }
  }
  const unread = (marker: number): number => Math.min(99, entries.filter(({ seq }) => seq > marker).length)

  return { append, change, grow, lease, orphans, since, history, unread, rev: () => rev }
}

const contents = ({ text, deletedAt, reactions, stream, ended, variants }: Entry): string =>
  JSON.stringify([text, deletedAt, reactions, stream, ended, variants])

const apply = (entry: Entry, change: MessageChange): void => {
  if (change.kind === 'edit' && change.text !== entry.text) {
    entry.text = change.text
    entry.editedAt = change.at
  }
  if (change.kind === 'delete' && entry.deletedAt === undefined) {
    entry.text = ''
    entry.deletedAt = change.at
    delete entry.editedAt
    delete entry.stream
    delete entry.ended
    delete entry.endedBy
    delete entry.variants
    entry.reactions = []
  }
  if (change.kind === 'react') {
    const same = ([emoji, user]: Reaction) => emoji === change.emoji && user === change.user
    if (!change.on) entry.reactions = entry.reactions.filter((one) => !same(one))
    else if (!entry.reactions.some(same)) entry.reactions = [...entry.reactions, [change.emoji, change.user]]
  }
}

const stored = (entry: Entry): StoredMessage => {
  const { draft, seq, rev, text } = entry
  const { id, room, from } = draft
  const message: Message = { id, room, seq, rev, from, text, at: new Date(entry.at).toISOString() }
  if (draft.replyTo !== undefined) message.replyTo = draft.replyTo
  if (entry.editedAt !== undefined) message.editedAt = entry.editedAt
  if (entry.deletedAt !== undefined) message.deletedAt = entry.deletedAt
  if (entry.reactions.length > 0) {
    message.reactions = {}
    for (const [emoji, user] of entry.reactions) {
      message.reactions[emoji] = [...(message.reactions[emoji] ?? []), user]
    }
  }
  if (entry.stream) message.streaming = true
  if (entry.ended !== undefined) message.ended = entry.ended
  if (entry.endedBy !== undefined) message.endedBy = entry.endedBy
  if (entry.variants) message.variants = entry.variants
  const stream: { stream?: Stream } = entry.stream ? { stream: entry.stream } : {}
  return draft.bag === undefined ? { message, ...stream } : { message, bag: draft.bag, ...stream }
}

const cut = (list: readonly StoredMessage[], size: PageSize): { page: StoredMessage[]; more: boolean } => {
  const page: StoredMessage[] = []
  let bytes = 0
  for (const one of list) {
    bytes += Buffer.byteLength(JSON.stringify(one.message))
    if (page.length === size.limit || (page.length > 0 && bytes > size.bytes)) return { page, more: true }
    page.push(one)
  }
  return { page, more: false }
}

/** Rooms, and how far each member has read. */
export interface StoreModel {
  readonly rooms: ReadonlyMap<RoomId, RoomModel>
  /** By {@link markerKey}. */
  readonly markers: Map<string, number>
}

export const markerKey = (room: RoomId, user: UserId): string => `${room} ${user}`

export const moveMarkerIn = (model: StoreModel, room: RoomId, user: UserId, seq: number): number | undefined => {
  const key = markerKey(room, user)
  const read = model.markers.get(key)
  const place = Math.min(seq, model.rooms.get(room)?.rev() ?? 0)
  if (read === undefined || place <= read) return undefined
  model.markers.set(key, place)
  return place
}

export const roomOf = (model: StoreModel, id: RoomId): RoomModel => {
  const room = model.rooms.get(id)
  if (!room) throw new Error(`the model has no room ${id}`)
  return room
}
