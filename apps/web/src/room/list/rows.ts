import type { Message, Outgoing } from '@parley/client'

/** What stands in the list of a room, from above to below. */
export type Row =
  | { readonly kind: 'beginning'; readonly key: string }
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'new'; readonly key: string }
  /** `isFirst`: of a group, which says author and time. */
  | MessageRow
  | { readonly kind: 'outgoing'; readonly key: string; readonly outgoing: Outgoing; readonly isFirst: boolean }

/** `quotes`: what it answers, if that does not stand right above it. */
interface MessageRow {
  readonly kind: 'message'
  readonly key: string
  readonly message: Message
  readonly isFirst: boolean
  readonly quotes: string | undefined
}

export interface RowsOptions {
  readonly messages: readonly Message[]
  readonly outbox: readonly Outgoing[]
  readonly hasOlder: boolean
  /** Who reads. */
  readonly me: string | undefined
  /** What others said after this seq is new; undefined: nothing is. */
  readonly newSince: number | undefined
}

/** Messages of one author within so long are a group. */
const groupMs = 5 * 60_000

/** The day of a time, where the reader is: a number that is the same for all of that day. */
const dayOf = (at: number): number => {
  const date = new Date(at)
  return date.getFullYear() * 10_000 + date.getMonth() * 100 + date.getDate()
}

interface Before {
  readonly author: string | undefined
  readonly at: number
  readonly day: number
}

/** Lists a room's messages with days between them, a line above what is new, and what is on its way at the end. */
export const rowsOf = ({ messages, outbox, hasOlder, me, newSince }: RowsOptions): readonly Row[] => {
  const rows: Row[] = hasOlder ? [] : [{ kind: 'beginning', key: 'beginning' }]
  let before: Before = { author: undefined, at: 0, day: 0 }
  let isNewShown = newSince === undefined
  let above: string | undefined

  const step = (author: string | undefined, at: number, isNew: boolean): boolean => {
    const day = dayOf(at)
    if (day !== before.day) rows.push({ kind: 'day', key: `day ${day}`, at })
    if (isNew) rows.push({ kind: 'new', key: 'new' })
    const isFirst =
      isNew || author === undefined || author !== before.author || day !== before.day || at - before.at > groupMs
    before = { author, at, day }
    return isFirst
  }
  for (const message of messages) {
    const isNew = !isNewShown && message.seq > (newSince ?? 0) && message.from.id !== me
    if (isNew) isNewShown = true
    const author = `${message.from.id} ${message.from.name}`
    const isFirst = step(author, Date.parse(message.at), isNew) || message.replyTo !== undefined
    const quotes = message.replyTo === above ? undefined : message.replyTo
    rows.push({ kind: 'message', key: message.id, message, isFirst, quotes })
    above = message.id
  }
  const stored = new Set(outbox.length > 0 ? messages.slice(-50).map(({ id }) => id) : [])
  for (const outgoing of outbox) {
    if (stored.has(outgoing.id)) continue
    const last = before.author?.split(' ')[0]
    const isFirst = step(last === me ? before.author : me, outgoing.writtenAt, false)
    rows.push({ kind: 'outgoing', key: outgoing.id, outgoing, isFirst: isFirst || outgoing.replyTo !== undefined })
  }
  return rows
}
