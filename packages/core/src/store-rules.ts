import type { Message } from '@parley/protocol'
import { limits } from '@parley/protocol/limits'
import type { ChangeRefused, Draft, MessageChange, PageSize } from './ports/store.ts'

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
})

/** The message after a change that takes `rev`; `undefined` when the change changes nothing. */
export const changedMessage = (
  message: Message,
  change: MessageChange,
  rev: number,
): Message | undefined | Exclude<ChangeRefused, 'missing'> => {
  if (change.kind === 'delete') return message.deletedAt === undefined ? tombstone(message, change.at, rev) : undefined
  if (message.deletedAt !== undefined) return 'deleted'
  if (change.kind === 'react') return reacted(message, change, rev)
  return change.text === message.text ? undefined : { ...message, rev, text: change.text, editedAt: change.at }
}

const tombstone = (message: Message, deletedAt: string, rev: number): Message => {
  const { reactions: _reactions, editedAt: _editedAt, ...kept } = message
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
