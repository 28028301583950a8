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
  /** When it was sent, in ms. */
  readonly at: number
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

/** A day, where the reader is: when it begins, and when the next one does. */
interface Day {
  readonly from: number
  readonly to: number
}

const dayOf = (at: number): Day => {
  const begin = new Date(at)
  begin.setHours(0, 0, 0, 0)
  const end = new Date(begin)
  end.setDate(end.getDate() + 1)
  return { from: begin.getTime(), to: end.getTime() }
}

interface Before {
  readonly author: string | undefined
  readonly name: string | undefined
  readonly at: number
  readonly day: Day
}

const nothing: Before = { author: undefined, name: undefined, at: 0, day: { from: 0, to: 0 } }

/** The row of a message as it was listed last: it is the same one until something of it changes. */
const listed = new WeakMap<Message, MessageRow>()

const rowOf = (message: Message, at: number, isFirst: boolean, quotes: string | undefined): MessageRow => {
  const known = listed.get(message)
  if (known?.isFirst === isFirst && known.quotes === quotes) return known
  const row: MessageRow = { kind: 'message', key: message.id, message, at, isFirst, quotes }
  listed.set(message, row)
  return row
}

/** Lists a room's messages with days between them, a line above what is new, and what is on its way at the end. */
export const rowsOf = ({ messages, outbox, hasOlder, me, newSince }: RowsOptions): readonly Row[] => {
  const rows: Row[] = hasOlder ? [] : [{ kind: 'beginning', key: 'beginning' }]
  let before = nothing
  let isNewShown = newSince === undefined
  let above: string | undefined

  const step = (author: string, name: string | undefined, at: number, isNew: boolean): boolean => {
    const isSameDay = at >= before.day.from && at < before.day.to
    const day = isSameDay ? before.day : dayOf(at)
    if (!isSameDay) rows.push({ kind: 'day', key: `day ${day.from}`, at })
    if (isNew) rows.push({ kind: 'new', key: 'new' })
    const isSameAuthor = author === before.author && name === before.name
    const isFirst = isNew || !isSameAuthor || !isSameDay || at - before.at > groupMs
    before = { author, name, at, day }
    return isFirst
  }
  for (const message of messages) {
    const { from, replyTo } = message
    const isNew = !isNewShown && message.seq > (newSince ?? 0) && from.id !== me
    if (isNew) isNewShown = true
    const at = listed.get(message)?.at ?? Date.parse(message.at)
    const isFirst = step(from.id, from.name, at, isNew) || replyTo !== undefined
    rows.push(rowOf(message, at, isFirst, replyTo === above ? undefined : replyTo))
    above = message.id
  }
  const stored = new Set(outbox.length > 0 ? messages.slice(-50).map(({ id }) => id) : [])
  for (const outgoing of outbox) {
    if (stored.has(outgoing.id)) continue
    const name = before.author === me ? before.name : undefined
    const isFirst = step(me ?? '', name, outgoing.writtenAt, false)
    rows.push({ kind: 'outgoing', key: outgoing.id, outgoing, isFirst: isFirst || outgoing.replyTo !== undefined })
  }
  return rows
}
