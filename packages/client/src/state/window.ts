import type { Message } from '@parley/protocol'
import { absorb, continues, isLater, type Piece } from './growing.ts'

/**
 * What is held of a room's messages: all with a seq above `start`, each as it stood at `complete` or later. Changes of
 * messages at or below `start` are not held, but counted.
 */
export interface Window {
  readonly start: number
  /** Every change up to this rev is held or was left out because it is at or below `start`. */
  readonly complete: number
  /** The newest rev that was heard of; a gap is what lies between it and `complete`. */
  readonly newest: number
  /** Revs above `complete` that have been heard, ascending. */
  readonly beyond: readonly number[]
  /** By seq. */
  readonly messages: readonly Message[]
  /** Pieces of growing texts before which something is missing. The message of each is held. */
  readonly ahead: readonly Piece[]
}

/** A page of messages as the server answers it. */
interface Page {
  readonly messages: readonly Message[]
  readonly rev: number
  readonly more: boolean
}

/** Holds nothing of what was said up to a rev, and everything from then on. */
export const newWindow = (rev: number): Window => ({
  start: rev,
  complete: rev,
  newest: rev,
  beyond: [],
  messages: [],
  ahead: [],
})

/** Where a seq is or would be among messages by seq. */
const placeOf = (messages: readonly Message[], seq: number): number => {
  const last = messages.at(-1)
  if (!last || last.seq < seq) return messages.length
  let low = 0
  let high = messages.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((messages[middle] as Message).seq < seq) low = middle + 1
    else high = middle
  }
  return low
}

/** The held message of a seq. */
export const heldAt = ({ messages }: Window, seq: number): Message | undefined => {
  const held = messages[placeOf(messages, seq)]
  return held?.seq === seq ? held : undefined
}

/** The held message of an id. */
export const heldById = ({ messages }: Window, id: string): Message | undefined =>
  messages.findLast((message) => message.id === id)

/** How many messages above a seq are held. */
export const heldAbove = ({ messages }: Window, seq: number): number => messages.length - placeOf(messages, seq + 1)

/** Whether a change has been heard before. */
export const hasHeard = ({ complete, beyond }: Window, rev: number): boolean => rev <= complete || beyond.includes(rev)

/** Pieces without those that a message had before, and with those that it has now. */
const withPieces = (all: readonly Piece[], { id }: Message, own: readonly Piece[]): readonly Piece[] => {
  const others = all.filter((piece) => piece.id !== id)
  return others.length === all.length && own.length === 0 ? all : [...others, ...own]
}

/** Puts messages where they belong. Of two of one seq the later one stays. */
const put = (window: Window, messages: readonly Message[]): Window => {
  let list: Message[] | undefined
  let { ahead } = window
  for (const message of messages) {
    const held = list ?? window.messages
    const place = placeOf(held, message.seq)
    const there = held[place]
    const isHeld = there?.seq === message.seq
    if (message.seq <= window.start || (isHeld && !isLater(message, there))) continue
    const whole = absorb(
      message,
      ahead.filter((piece) => continues(piece, message)),
    )
    ahead = withPieces(ahead, message, whole.ahead)
    list ??= [...window.messages]
    list.splice(place, isHeld ? 1 : 0, whole.message)
  }
  return list ? { ...window, messages: list, ahead } : window
}

/** Moves `complete` over all revs that are heard without a gap. */
const advance = (window: Window, from: number): Window => {
  let complete = from
  let passed = 0
  for (const rev of window.beyond) {
    if (rev > complete + 1) break
    complete = Math.max(complete, rev)
    passed += 1
  }
  const beyond = passed > 0 ? window.beyond.slice(passed) : window.beyond
  return { ...window, complete, beyond, newest: Math.max(window.newest, complete) }
}

/** Has been told of a rev, though not of what changed. */
export const hear = (window: Window, rev: number): Window => (rev > window.newest ? { ...window, newest: rev } : window)

/** Takes one change of a message, as a frame tells it. */
export const change = (window: Window, message: Message): Window => {
  const next = put(window, [message])
  if (hasHeard(next, message.rev)) return next
  const beyond = [...next.beyond, message.rev].sort((one, other) => one - other)
  return advance(hear({ ...next, beyond }, message.rev), next.complete)
}

/**
 * Takes a piece of a growing text. One of an earlier making is dropped, one of a later making shows a gap, and one
 * before which something is missing waits for that.
 */
export const grow = (window: Window, piece: Piece): Window => {
  const held = heldById(window, piece.id)
  if (!held || held.rev < piece.rev) return hear(window, piece.rev)
  if (!continues(piece, held)) return window
  const whole = absorb(held, [...window.ahead.filter(({ id }) => id === piece.id), piece])
  const ahead = withPieces(window.ahead, held, whole.ahead)
  if (whole.message === held) return ahead === window.ahead ? window : { ...window, ahead }
  return { ...window, ahead, messages: window.messages.with(placeOf(window.messages, held.seq), whole.message) }
}

/** Takes the answer to `sync {since}`: all that changed after `since`, up to the page's rev. */
export const mend = (window: Window, page: Page, since: number): Window => {
  const next = hear(put(window, page.messages), page.more ? page.rev + 1 : page.rev)
  return since <= next.complete && page.rev > next.complete ? advance(next, page.rev) : next
}

/**
 * Takes the answer to `history {before}`. It may have been read before changes that this window has left out, because
 * they were below its start by then: so the window is complete only up to the page's rev.
 */
export const extend = (window: Window, page: Page, before: number): Window => {
  if (before <= window.start) return window
  const oldest = page.more ? (page.messages[0]?.seq ?? before) - 1 : 0
  const next = hear(put({ ...window, start: Math.min(window.start, oldest) }, page.messages), page.rev)
  return page.rev < next.complete ? { ...next, complete: page.rev, beyond: [], newest: next.newest } : next
}

/** Holds no more than the newest `count` messages. Not while something is missing, since that may be among them. */
export const trim = (window: Window, count: number): Window => {
  const { messages, complete, newest, ahead } = window
  if (messages.length <= count || complete < newest || ahead.length > 0) return window
  const kept = messages.slice(messages.length - count)
  return { ...window, start: (kept[0] as Message).seq - 1, messages: kept }
}
