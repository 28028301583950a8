import { type Draft, type MessageChange, newMessage, newStored, type StoredMessage, type Stream } from '@parley/core'
import type { Message, RoomId, UserId } from '@parley/protocol'
import type { Key } from './items.ts'
import { logKey } from './keys.ts'

/** A message, at the place in the log where it was created, as it stands; a patch at the head may still be to be applied. */
export interface MessageEntry extends Key, Omit<Message, 'room' | 'reactions'>, Partial<Stream> {
  /** Messages so far, this one included. */
  readonly n: number
  /** In order, which the maps of DynamoDB do not keep. */
  readonly reactions?: readonly (readonly [emoji: string, users: readonly UserId[]])[]
  readonly bag?: string
  readonly origin?: string
  /** The revs of the patches that hold former texts. */
  readonly edits?: readonly number[]
  /** UTF-16 units of the text, while it is streaming: with the run they say which text it is, since that only grows. */
  readonly units?: number
  /** The token of who took the lease over last. */
  readonly claim?: string
}

/** A change of the message at `of`. Once the next entry is in the log, it has been applied there. */
export interface PatchEntry extends Key {
  readonly rev: number
  readonly of: number
  readonly change: MessageChange
  /** The message was or becomes streaming: whoever sees the patch and not its effect applies it, before telling of it. */
  readonly live?: true
  /** Messages so far, and the seq and time of the newest. */
  readonly n: number
  readonly newestSeq: number
  readonly newestAt: string
  readonly token: string
}

export type Entry = MessageEntry | PatchEntry

export const isPatch = (entry: Entry): entry is PatchEntry => 'of' in entry

export const isMessage = (entry: Entry): entry is MessageEntry => !isPatch(entry)

/** The rev whose place in the log this is. */
export const placeOf = (entry: Entry): number => (isPatch(entry) ? entry.rev : entry.seq)

/** The seq of the message that an entry is, or is about. */
export const subjectOf = (entry: Entry): number => (isPatch(entry) ? entry.of : entry.seq)

export const storedOf = (room: RoomId, entry: MessageEntry): StoredMessage => {
  const {
    pk: _pk,
    sk: _sk,
    n: _n,
    origin: _origin,
    edits: _edits,
    units: _units,
    claim: _claim,
    run,
    leaseUntil = '',
    restarts = 0,
    bag,
    reactions,
    ...rest
  } = entry
  const message: Message = {
    ...rest,
    room,
    ...(reactions && { reactions: Object.fromEntries(reactions.map(([emoji, users]) => [emoji, [...users]])) }),
  }
  return {
    message,
    ...(bag !== undefined && { bag }),
    ...(run !== undefined && { stream: { run, leaseUntil, restarts } }),
  }
}

/** What an entry holds of what is kept of a message. */
export const contentsOf = ({ message: { room, reactions, ...rest }, bag, stream }: StoredMessage) => ({
  ...logKey(room, rest.seq),
  ...rest,
  ...(reactions && { reactions: Object.entries(reactions) }),
  ...(bag !== undefined && { bag }),
  ...(stream && { ...stream, units: rest.text.length }),
})

/** The entry of a new message that comes after `n` others, the newest of which is of `newestAt`. */
export const entryOf = (draft: Draft, rev: number, n: number, newestAt: string | undefined): MessageEntry => ({
  ...contentsOf(newStored(draft, newMessage(draft, rev, newestAt))),
  n: n + 1,
  ...(draft.origin !== undefined && { origin: draft.origin }),
})
