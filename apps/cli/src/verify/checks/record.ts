import type { Message } from '@parley/client'
import type { Down } from '@parley/protocol'
import type { Entry, EntryOf, Verb } from '../history.ts'

/** A promise that was not kept. */
export interface Violation {
  /** The rule of PROTOCOL.md that says so. */
  readonly rule: string
  /** The same for the same fault, whoever sees it. */
  readonly key: string
  readonly text: string
  readonly room?: string
  readonly id?: string
  readonly rev?: number
  /** Whether waiting may help: something is late, not wrong. */
  readonly isLate?: true
}

/** What was done to a message, and what came of it. */
export interface Deed {
  readonly act: EntryOf<'act'>
  readonly answer: EntryOf<'answered'> | undefined
}

/** A history, sorted by what is asked of it. */
export interface Record {
  readonly entries: readonly Entry[]
  readonly people: ReadonlyMap<string, EntryOf<'person'>>
  /** In the order of doing. */
  readonly deeds: readonly Deed[]
  /** What was done to each message, by `room id`. */
  readonly deedsOn: ReadonlyMap<string, readonly Deed[]>
  readonly heard: readonly EntryOf<'heard'>[]
  readonly closed: ReadonlyMap<string, EntryOf<'closed'>>
  readonly reads: readonly EntryOf<'read'>[]
  /** What a reading held, in its order, by reader and room. */
  held(read: EntryOf<'read'>): readonly Message[]
  /** When somebody came into a room for the first time, and when it was removed, by `who room`. */
  readonly entered: ReadonlyMap<string, number>
  readonly removed: ReadonlyMap<string, number>
  readonly restarts: number
}

export type Check = (record: Record) => Iterable<Violation>

/** What makes a message say something else. */
export const isContent = (verb: Verb): boolean => verb !== 'react'
export const isNew = (verb: Verb): boolean => verb === 'send' || verb === 'reply'

/** The messages that a frame tells of, whole. */
export const messagesIn = (frame: Down): readonly Message[] => {
  if (frame.type === 'message') return [frame.message]
  return frame.type === 'synced' || frame.type === 'page' ? frame.messages : []
}

const push = <K, V>(map: Map<K, V[]>, key: K, value: V): void => {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

export const recordOf = (entries: readonly Entry[]): Record => {
  const people = new Map<string, EntryOf<'person'>>()
  const acts: EntryOf<'act'>[] = []
  const answers = new Map<number, EntryOf<'answered'>>()
  const heard: EntryOf<'heard'>[] = []
  const closed = new Map<string, EntryOf<'closed'>>()
  const reads: EntryOf<'read'>[] = []
  const held = new Map<string, Message[]>()
  const [entered, removed] = [new Map<string, number>(), new Map<string, number>()]
  let restarts = 0
  for (const entry of entries) {
    if (entry.kind === 'person') people.set(entry.who, entry)
    else if (entry.kind === 'act') acts.push(entry)
    else if (entry.kind === 'answered') answers.set(entry.act, entry)
    else if (entry.kind === 'heard') heard.push(entry)
    else if (entry.kind === 'closed') closed.set(entry.socket, entry)
    else if (entry.kind === 'read') reads.push(entry)
    else if (entry.kind === 'held') push(held, `${entry.reader} ${entry.room}`, entry.message)
    else if (entry.kind === 'entered') entered.set(`${entry.who} ${entry.room}`, entry.at)
    else if (entry.kind === 'removed') removed.set(`${entry.who} ${entry.room}`, entry.at)
    else if (entry.kind === 'fault' && entry.what === 'restart') restarts += 1
  }
  const deeds = acts.map((act) => ({ act, answer: answers.get(act.act) }))
  const deedsOn = new Map<string, Deed[]>()
  for (const deed of deeds) push(deedsOn, `${deed.act.room} ${deed.act.id}`, deed)
  return {
    entries,
    people,
    deeds,
    deedsOn,
    heard,
    closed,
    reads,
    held: ({ reader, room }) => held.get(`${reader} ${room}`) ?? [],
    entered,
    removed,
    restarts,
  }
}
