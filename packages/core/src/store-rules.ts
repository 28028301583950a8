import type { Message, RoomId } from '@parley/protocol'
import { limits } from '@parley/protocol/limits'
import type {
  ChangeRefused,
  Draft,
  Growth,
  GrowthRefused,
  MessageChange,
  PageSize,
  RoomChange,
  RoomFacts,
  StoredMessage,
} from './ports/records.ts'

/** The public room that is there from the start, of which everybody is a member. */
export const general = 'general' as RoomId

/** The facts of `general` for as long as nobody has changed them. */
export const generalFacts: RoomFacts = {
  id: general,
  kind: 'public',
  name: 'general',
  topic: '',
  createdAt: new Date(0).toISOString(),
}

/** The form in which names are compared: two names of one form are the same name. */
export const foldName = (name: string): string => name.normalize('NFKC').toLowerCase()

/** The message that a draft becomes at `rev`, in a room whose newest message is of `newestAt` (ISO 8601). */
export const newMessage = (draft: Draft, rev: number, newestAt: string | undefined): Message => ({
  id: draft.id,
  room: draft.room,
  seq: rev,
  rev,
  from: { id: draft.from.id, name: draft.from.name, kind: draft.from.kind },
  text: draft.text,
  at: newestAt === undefined || newestAt < draft.at ? draft.at : new Date(Date.parse(newestAt) + 1).toISOString(),
  ...(draft.replyTo !== undefined && { replyTo: draft.replyTo }),
  ...(draft.streaming && { streaming: true }),
})

/** What is kept of a new message. */
export const newStored = (draft: Draft, message: Message): StoredMessage => ({
  message,
  ...(draft.bag !== undefined && { bag: draft.bag }),
  ...(draft.streaming && { stream: { run: message.seq, leaseUntil: draft.streaming.leaseUntil, restarts: 0 } }),
})

type Changed = StoredMessage | undefined | Exclude<ChangeRefused, 'missing'>

/** What is kept after a change that takes `rev`; `undefined` when the change changes nothing. */
export const changedStored = (stored: StoredMessage, change: MessageChange, rev: number): Changed => {
  const { message, stream, ...kept } = stored
  if (change.kind === 'delete') {
    return message.deletedAt === undefined ? { ...kept, message: tombstone(message, change.at, rev) } : undefined
  }
  if (message.deletedAt !== undefined) return 'deleted'
  switch (change.kind) {
    case 'react': {
      const next = reacted(message, change, rev)
      return typeof next === 'object' ? { ...stored, message: next } : next
    }
    case 'edit':
      if (stream) return 'streaming'
      return change.text === message.text
        ? undefined
        : { ...stored, message: { ...message, rev, text: change.text, editedAt: change.at } }
    case 'end':
      return ended(stored, change, rev)
    case 'restart':
      if (stream?.run !== change.run) return 'ended'
      return {
        ...kept,
        message: { ...message, rev, text: '' },
        stream: { run: rev, leaseUntil: change.leaseUntil, restarts: stream.restarts + 1 },
      }
    case 'retry':
      return retried(stored, change, rev)
    case 'show':
      return shown(stored, change, rev)
  }
}

const ended = (
  { message, stream, ...kept }: StoredMessage,
  { text, ended: how, endedBy, run }: Extract<MessageChange, { kind: 'end' }>,
  rev: number,
): Changed => {
  if (!stream || (run !== undefined && run !== stream.run)) return 'ended'
  const { streaming: _streaming, ...rest } = message
  const end = { ended: how, ...(endedBy !== undefined && { endedBy }) }
  return { ...kept, message: { ...rest, rev, text: text ?? message.text, ...end } }
}

const retried = (
  { message, stream, ...kept }: StoredMessage,
  { leaseUntil }: Extract<MessageChange, { kind: 'retry' }>,
  rev: number,
): Changed => {
  if (stream) return 'streaming'
  const count = message.variants?.count ?? 1
  if (count >= limits.variantsMax) return 'full'
  const { ended: _ended, endedBy: _endedBy, editedAt: _editedAt, ...rest } = message
  return {
    ...kept,
    message: { ...rest, rev, text: '', streaming: true, variants: { index: count, count: count + 1 } },
    stream: { run: rev, leaseUntil, restarts: 0 },
  }
}

const shown = (
  { message, stream, ...kept }: StoredMessage,
  { variant: { index, text, ended: how, endedBy } }: Extract<MessageChange, { kind: 'show' }>,
  rev: number,
): Changed => {
  if (stream) return 'streaming'
  const { variants } = message
  if (!variants || index >= variants.count) return 'full'
  if (index === variants.index) return undefined
  const { ended: _ended, endedBy: _endedBy, editedAt: _editedAt, ...rest } = message
  const end = { ...(how !== undefined && { ended: how }), ...(endedBy !== undefined && { endedBy }) }
  return { ...kept, message: { ...rest, rev, text, variants: { index, count: variants.count }, ...end } }
}

/** What is kept of a streaming message after it has grown. */
export const grown = (
  stored: StoredMessage,
  { at, text, leaseUntil, run }: Growth,
): StoredMessage | Exclude<GrowthRefused, 'missing'> => {
  const { message, stream } = stored
  if (!stream || (run !== undefined && run !== stream.run)) return 'ended'
  if (at > message.text.length) return 'gap'
  const overlap = Math.min(text.length, message.text.length - at)
  if (message.text.slice(at, at + overlap) !== text.slice(0, overlap)) return 'different'
  return {
    ...stored,
    message: { ...message, text: message.text + text.slice(overlap) },
    stream: { ...stream, leaseUntil },
  }
}

/** The facts of a room after a change of them. */
export const changedRoom = (facts: RoomFacts, { bot, ...change }: RoomChange): RoomFacts => {
  if (!bot) return { ...facts, ...change }
  const { bot: before, ...rest } = facts
  const entries = Object.entries({ ...before, ...bot }).filter(([, value]) => value !== null && value !== undefined)
  return { ...rest, ...change, ...(entries.length > 0 && { bot: Object.fromEntries(entries) }) }
}

const tombstone = (message: Message, deletedAt: string, rev: number): Message => {
  const {
    reactions: _reactions,
    editedAt: _editedAt,
    streaming: _streaming,
    ended: _ended,
    endedBy: _endedBy,
    variants: _variants,
    ...kept
  } = message
  return { ...kept, rev, text: '', deletedAt }
}

const reacted = (
  message: Message,
  { user, emoji, on }: Extract<MessageChange, { kind: 'react' }>,
  rev: number,
): Message | undefined | 'full' => {
  const { reactions = {}, ...bare } = message
  const users = reactions[emoji] ?? []
  if (users.includes(user) === on) return undefined
  if (on) {
    const others = Object.values(reactions)
    if (users.length === 0 && others.length >= limits.emojiPerMessage) return 'full'
    if (others.reduce((sum, list) => sum + list.length, 0) >= limits.reactionsPerMessage) return 'full'
    return { ...bare, rev, reactions: { ...reactions, [emoji]: [...users, user] } }
  }
  const left = users.filter((one) => one !== user)
  const { [emoji]: _emptied, ...others } = reactions
  const next = left.length > 0 ? { ...reactions, [emoji]: left } : others
  return { ...bare, rev, ...(Object.keys(next).length > 0 && { reactions: next }) }
}

/** How many of the messages, from the first on, make a page of that size: at least one if there is one. */
export const fitting = (messages: Iterable<{ readonly message: Message }>, size: PageSize): number => {
  let count = 0
  let bytes = 0
  for (const { message } of messages) {
    bytes += Buffer.byteLength(JSON.stringify(message))
    if (count === size.limit || (count > 0 && bytes > size.bytes)) break
    count += 1
  }
  return count
}
