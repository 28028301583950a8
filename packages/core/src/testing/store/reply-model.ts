import { type Ended, limits, type UserId } from '@parley/protocol'
import type { ChangeRefused, MessageChange, Stream } from '../../ports/records.ts'

/** What the model holds of a message that may be a reply. */
export interface ReplyEntry {
  text: string
  editedAt?: string
  stream?: Stream
  ended?: Ended
  endedBy?: UserId
  variants?: { readonly index: number; readonly count: number }
}

const beginAnew = (entry: ReplyEntry, stream: Stream): void => {
  entry.text = ''
  entry.stream = stream
}

const forgetEnd = (entry: ReplyEntry): void => {
  delete entry.ended
  delete entry.endedBy
  delete entry.editedAt
}

/** Makes those changes that only replies know. `rev`: the one that a change takes. */
export const changeReply = (entry: ReplyEntry, change: MessageChange, rev: number): ChangeRefused | undefined => {
  if (change.kind === 'end') {
    if (!entry.stream || (change.run ?? entry.stream.run) !== entry.stream.run) return 'ended'
    delete entry.stream
    entry.text = change.text ?? entry.text
    entry.ended = change.ended
    if (change.endedBy !== undefined) entry.endedBy = change.endedBy
  }
  if (change.kind === 'restart') {
    if (entry.stream?.run !== change.run) return 'ended'
    beginAnew(entry, { run: rev, leaseUntil: change.leaseUntil, restarts: entry.stream.restarts + 1 })
  }
  if (change.kind === 'retry') {
    if (entry.stream) return 'streaming'
    const count = entry.variants?.count ?? 1
    if (count >= limits.variantsMax) return 'full'
    beginAnew(entry, { run: rev, leaseUntil: change.leaseUntil, restarts: 0 })
    forgetEnd(entry)
    entry.variants = { index: count, count: count + 1 }
  }
  if (change.kind === 'show') {
    const { index, text, ended, endedBy } = change.variant
    if (entry.stream) return 'streaming'
    if (!entry.variants || index >= entry.variants.count) return 'full'
    if (index === entry.variants.index) return undefined
    forgetEnd(entry)
    entry.text = text
    if (ended !== undefined) entry.ended = ended
    if (endedBy !== undefined) entry.endedBy = endedBy
    entry.variants = { index, count: entry.variants.count }
  }
  return undefined
}
