import { changedMessage, type Draft, type MessageChange, newMessage, type StoredMessage } from '@parley/core'
import type { Message, RoomId, UserId } from '@parley/protocol'
import type { Key } from './items.ts'
import { logKey } from './keys.ts'

/** A message, at the place in the log where it was created, as it stands; a patch at the head may still be to be applied. */
export interface MessageEntry extends Key, Omit<Message, 'room' | 'reactions'> {
  /** Messages so far, this one included. */
  readonly n: number
  /** In order, which the maps of DynamoDB do not keep. */
  readonly reactions?: readonly (readonly [emoji: string, users: readonly UserId[]])[]
  readonly bag?: string
  readonly origin?: string
  /** The revs of the patches that hold former texts. */
  readonly edits?: readonly number[]
}

/** A change of the message at `of`. Once the next entry is in the log, it has been applied there. */
export interface PatchEntry extends Key {
  readonly rev: number
  readonly of: number
  readonly change: MessageChange
  /** Messages so far, and the seq and time of the newest. */
  readonly n: number
  readonly newestSeq: number
  readonly newestAt: string
  readonly token: string
}

export type Entry = MessageEntry | PatchEntry

export const isPatch = (entry: Entry): entry is PatchEntry => 'of' in entry

/** The rev whose place in the log this is. */
export const placeOf = (entry: Entry): number => (isPatch(entry) ? entry.rev : entry.seq)

/** The seq of the message that an entry is, or is about. */
export const subjectOf = (entry: Entry): number => (isPatch(entry) ? entry.of : entry.seq)

export const storedOf = (room: RoomId, entry: MessageEntry): StoredMessage => {
  const { pk: _pk, sk: _sk, n: _n, origin: _origin, edits: _edits, bag, reactions, ...rest } = entry
  const message: Message = {
    ...rest,
    room,
    ...(reactions && { reactions: Object.fromEntries(reactions.map(([emoji, users]) => [emoji, [...users]])) }),
  }
  return bag === undefined ? { message } : { message, bag }
}

/** What an entry holds of a message. */
export const contentsOf = ({ room, reactions, ...rest }: Message) => ({
  ...logKey(room, rest.seq),
  ...rest,
  ...(reactions && { reactions: Object.entries(reactions) }),
})

/** The entry of a new message that comes after `n` others, the newest of which is of `newestAt`. */
export const entryOf = (draft: Draft, rev: number, n: number, newestAt: string | undefined): MessageEntry => ({
  ...contentsOf(newMessage(draft, rev, newestAt)),
  n: n + 1,
  ...(draft.bag !== undefined && { bag: draft.bag }),
  ...(draft.origin !== undefined && { origin: draft.origin }),
})

/** The entry after a patch has made another of its message. */
export const withMessage = (entry: MessageEntry, message: Message, patch: PatchEntry): MessageEntry => {
  const { n, bag, origin, edits = [] } = entry
  const revs = patch.change.kind === 'edit' ? [...edits, patch.rev] : edits
  return {
    ...contentsOf(message),
    n,
    ...(bag !== undefined && { bag }),
    ...(origin !== undefined && { origin }),
    ...(revs.length > 0 && { edits: revs }),
  }
}

/** The entry with a patch of it laid over, unless it has been applied before. */
export const withPatch = (room: RoomId, entry: MessageEntry, patch: PatchEntry): MessageEntry => {
  if (patch.of !== entry.seq || patch.rev <= entry.rev) return entry
  const { message } = storedOf(room, entry)
  const changed = changedMessage(message, patch.change, patch.rev)
  return withMessage(entry, typeof changed === 'object' ? changed : { ...message, rev: patch.rev }, patch)
}
