import type { ClientState, Message, Outgoing, RoomState } from '@parley/client'
import { harmless } from '../terminal/harmless.ts'
import type { Paint } from '../terminal/paint.ts'
import { remarkOn } from '../words/message-words.ts'
import { nameOf } from '../words/names.ts'
import { dayInWords, dayOf } from '../words/times.ts'
import { dividerRow, emptyRows, headRow, messageRows, outgoingRows, type Setting, settingFor } from './message-rows.ts'

/** A row of the conversation, and what it belongs to. */
export interface Row {
  readonly text: string
  /** The id of the message, or the word of a line between messages. */
  readonly owner: string
  /** Which row of its owner it is, from 0. */
  readonly index: number
  /** The number of the message, where it has one. */
  readonly seq?: number
}

export interface ConversationOptions {
  readonly state: ClientState
  readonly room: RoomState
  /** The first message that is not yet read comes after this seq; undefined: no line is drawn before it. */
  readonly newAfter: number | undefined
  readonly columns: number
  /** In milliseconds since 1970. */
  readonly now: number
  readonly paint: Paint
}

/** The owner of the line before what is new. */
export const newDivider = 'new'

/** Messages of one author within this stand together. */
const groupMs = 5 * 60_000

const belongsTo = (message: Message, before: Message | undefined): boolean =>
  before !== undefined &&
  before.from.id === message.from.id &&
  dayOf(before.at) === dayOf(message.at) &&
  Date.parse(message.at) - Date.parse(before.at) < groupMs

/** What a message answers, in few words. */
const answeredBy = (message: Message, byId: ReadonlyMap<string, Message>, state: ClientState): string | undefined => {
  if (message.replyTo === undefined) return undefined
  const answered = byId.get(message.replyTo)
  if (!answered) return 'an earlier message'
  const text = answered.deletedAt ? '(deleted)' : harmless(answered.text).replace(/\s+/g, ' ')
  return `${nameOf(state, answered.from.id)}: ${text}`
}

const owned = (owner: string, texts: readonly string[], seq?: number): readonly Row[] =>
  texts.map((text, index) => ({ text, owner, index, ...(seq !== undefined && { seq }) }))

const emptyWords = (room: RoomState): string => {
  if (room.window.start > 0) return 'Reading what was said.'
  return room.facts.kind === 'direct'
    ? 'Nothing was said here yet.'
    : 'Nothing was said here yet. Say hello, or /invite somebody.'
}

const spacer = (owner: string): readonly Row[] => owned(`before ${owner}`, [''])

const outgoingGroup = (
  state: ClientState,
  list: readonly Outgoing[],
  before: Message | undefined,
  setting: Setting,
): readonly Row[] => {
  const [first] = list
  if (!first || !state.me) return []
  const as = { from: state.me, at: new Date(first.writtenAt).toISOString() }
  const isSameGroup = before !== undefined && belongsTo({ ...before, ...as }, before)
  const head = isSameGroup
    ? []
    : [...spacer(first.id), ...owned('head of outbox', [headRow(as, nameOf(state, state.me.id), setting)])]
  return [...head, ...list.flatMap((outgoing) => owned(outgoing.id, outgoingRows(outgoing, setting)))]
}

/** All that is held of a room's conversation, as rows from the oldest to the newest. */
export const conversation = (options: ConversationOptions): readonly Row[] => {
  const { state, room, newAfter, columns, now, paint } = options
  const { messages, newest } = room.window
  const outgoing = state.outbox.get(room.id) ?? []
  const setting = settingFor(columns, newest, paint)
  if (messages.length === 0 && outgoing.length === 0) return owned('empty', emptyRows(emptyWords(room), setting))
  const byId = new Map(messages.map((message) => [message.id as string, message]))
  const rows: Row[] = []
  let before: Message | undefined
  let isNewDrawn = newAfter === undefined || newAfter < room.window.start
  for (const message of messages) {
    const { id, seq, at } = message
    const isNewDay = before === undefined || dayOf(before.at) !== dayOf(at)
    const isFirstNew = !isNewDrawn && seq > (newAfter ?? 0) && message.from.id !== state.me?.id
    isNewDrawn ||= isFirstNew
    if (isNewDay || isFirstNew) {
      const words = [isNewDay && dayInWords(at, now), isFirstNew && 'new'].filter(Boolean).join(', ')
      const divider = dividerRow(words, isFirstNew ? 'cyan' : 'dim', setting)
      const owner = isFirstNew ? newDivider : `day ${dayOf(at)}`
      rows.push(...spacer(owner), ...owned(owner, [divider]))
    }
    if (isFirstNew || !belongsTo(message, before)) {
      rows.push(...spacer(id), ...owned(`head of ${id}`, [headRow(message, nameOf(state, message.from.id), setting)]))
    }
    const about = { answered: answeredBy(message, byId, state), remark: remarkOn(message, state) }
    rows.push(...owned(id, messageRows(message, about, setting), seq))
    before = message
  }
  return [...rows, ...outgoingGroup(state, outgoing, before, setting)]
}

/** The same, made anew only when something of it has changed. */
export const createConversation = (): typeof conversation => {
  let known: readonly unknown[] = []
  let rows: readonly Row[] = []
  return (options) => {
    const { state, room, newAfter, columns, now } = options
    const facts = [room.id, room.window, room.facts, state.outbox.get(room.id), state.people, state.me]
    const key = [...facts, newAfter, columns, dayOf(now)]
    if (key.every((part, index) => part === known[index])) return rows
    known = key
    rows = conversation(options)
    return rows
  }
}
