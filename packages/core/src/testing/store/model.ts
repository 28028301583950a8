import type { Message, MessageId, RoomId, UserId } from '@parley/protocol'
import type { Draft, MessageChange, MessagePage, PageSize, StoredMessage } from '../../ports/store.ts'

type Reaction = readonly [emoji: string, user: UserId]

interface Entry {
  readonly draft: Draft
  readonly seq: number
  readonly at: number
  rev: number
  text: string
  editedAt?: string
  deletedAt?: string
  reactions: readonly Reaction[]
}

const bytes = ({ message }: StoredMessage): number => Buffer.byteLength(JSON.stringify(message))

/** The messages of one room in the plainest form there is, to compare stores with. Knows no limits of reactions. */
export class RoomModel {
  rev = 0
  readonly #entries: Entry[] = []

  append(draft: Draft): { stored: StoredMessage; repeated: boolean } | 'conflict' {
    const known = this.#entries.find((entry) => entry.draft.id === draft.id)
    if (known && known.draft.from.id !== draft.from.id) return 'conflict'
    if (known) return { stored: stored(known), repeated: true }
    this.rev += 1
    const newest = this.#entries.at(-1)
    const at = Math.max(Date.parse(draft.at), newest ? newest.at + 1 : 0)
    const entry: Entry = { draft, seq: this.rev, rev: this.rev, at, text: draft.text, reactions: [] }
    this.#entries.push(entry)
    return { stored: stored(entry), repeated: false }
  }

  change(id: MessageId, change: MessageChange): { stored: StoredMessage; changed: boolean } | 'missing' | 'deleted' {
    const entry = this.#entries.find(({ draft }) => draft.id === id)
    if (!entry) return 'missing'
    if (entry.deletedAt !== undefined && change.kind !== 'delete') return 'deleted'
    const before = JSON.stringify([entry.text, entry.deletedAt, entry.reactions])
    if (change.kind === 'edit' && change.text !== entry.text) {
      entry.text = change.text
      entry.editedAt = change.at
    }
    if (change.kind === 'delete' && entry.deletedAt === undefined) {
      entry.text = ''
      entry.deletedAt = change.at
      delete entry.editedAt
      entry.reactions = []
    }
    if (change.kind === 'react') {
      const same = ([emoji, user]: Reaction) => emoji === change.emoji && user === change.user
      if (!change.on) entry.reactions = entry.reactions.filter((one) => !same(one))
      else if (!entry.reactions.some(same)) entry.reactions = [...entry.reactions, [change.emoji, change.user]]
    }
    const changed = JSON.stringify([entry.text, entry.deletedAt, entry.reactions]) !== before
    if (changed) {
      this.rev += 1
      entry.rev = this.rev
    }
    return { stored: stored(entry), changed }
  }

  since(since: number, size: PageSize): MessagePage {
    const above = this.#entries.filter((entry) => entry.rev > since).sort((one, other) => one.rev - other.rev)
    const { page, more } = cut(above.map(stored), size)
    return { messages: page, more, rev: more ? (page.at(-1)?.message.rev ?? 0) : this.rev }
  }

  history({ before, after }: { before?: number; after?: number }, size: PageSize): MessagePage {
    const all = this.#entries.map(stored)
    if (after !== undefined) {
      const { page, more } = cut(
        all.filter(({ message }) => message.seq > after),
        size,
      )
      return { messages: page, more, rev: this.rev }
    }
    const older = all.filter(({ message }) => message.seq < (before ?? Number.POSITIVE_INFINITY))
    const { page, more } = cut(older.reverse(), size)
    return { messages: page.reverse(), more, rev: this.rev }
  }

  unread(marker: number): number {
    return Math.min(99, this.#entries.filter(({ seq }) => seq > marker).length)
  }
}

const stored = (entry: Entry): StoredMessage => {
  const { draft } = entry
  const reactions: Record<string, UserId[]> = {}
  for (const [emoji, user] of entry.reactions) reactions[emoji] = [...(reactions[emoji] ?? []), user]
  const message: Message = {
    id: draft.id,
    room: draft.room,
    seq: entry.seq,
    rev: entry.rev,
    from: draft.from,
    text: entry.text,
    at: new Date(entry.at).toISOString(),
  }
  if (draft.replyTo !== undefined) message.replyTo = draft.replyTo
  if (entry.editedAt !== undefined) message.editedAt = entry.editedAt
  if (entry.deletedAt !== undefined) message.deletedAt = entry.deletedAt
  if (entry.reactions.length > 0) message.reactions = reactions
  return draft.bag === undefined ? { message } : { message, bag: draft.bag }
}

const cut = (list: readonly StoredMessage[], size: PageSize): { page: StoredMessage[]; more: boolean } => {
  const page: StoredMessage[] = []
  let sum = 0
  for (const one of list) {
    sum += bytes(one)
    if (page.length === size.limit || (page.length > 0 && sum > size.bytes)) return { page, more: true }
    page.push(one)
  }
  return { page, more: false }
}

/** Rooms, who is in them and how far everybody has read. */
export class StoreModel {
  readonly rooms = new Map<RoomId, RoomModel>()
  readonly markers = new Map<string, number>()

  room(id: RoomId): RoomModel {
    const room = this.rooms.get(id)
    if (!room) throw new Error(`the model has no room ${id}`)
    return room
  }

  moveMarker(room: RoomId, user: UserId, seq: number): number | undefined {
    const read = this.markers.get(`${room} ${user}`)
    const place = Math.min(seq, this.room(room).rev)
    if (read === undefined || place <= read) return undefined
    this.markers.set(`${room} ${user}`, place)
    return place
  }
}
