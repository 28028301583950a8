import { isDeepStrictEqual } from 'node:util'
import type { Message } from '@parley/client'
import type { EntryOf } from '../history.ts'
import type { Check, Record, Violation } from './record.ts'

const ruleOf = { http: 'D2', history: 'Y4', sync: 'Y1', client: 'D4' } as const

/** How a reading differs from what was fetched fresh, at its first message that does. */
const difference = (
  read: EntryOf<'read'>,
  own: readonly Message[],
  fresh: readonly Message[],
): readonly [text: string, id: string] | undefined => {
  const held = new Map(own.map((message) => [message.id as string, message]))
  for (const message of fresh) {
    const one = held.get(message.id)
    if (!one) return [`${read.reader} is without a message that the room has: seq ${message.seq}.`, message.id]
    held.delete(message.id)
    if (!isDeepStrictEqual(one, message)) {
      const revs = `rev ${one.rev}, in the room ${message.rev}`
      return [`${read.reader} has another state of a message than the room: ${revs}.`, message.id]
    }
  }
  const [extra] = held.keys()
  return extra === undefined ? undefined : [`${read.reader} has a message that the room has not.`, extra]
}

const compare = (record: Record, read: EntryOf<'read'>, fresh: EntryOf<'read'>): Violation | undefined => {
  const rule = ruleOf[read.way]
  const { room } = read
  const isLate = read.way === 'client' ? ({ isLate: true } as const) : {}
  const found = difference(read, record.held(read), record.held(fresh))
  if (found) return { rule, key: `${rule} ${read.way} ${found[1]}`, text: found[0], room, id: found[1], ...isLate }
  if (read.rev !== fresh.rev) {
    const text = `${read.reader} ends at rev ${read.rev}, the room at ${fresh.rev}.`
    return { rule, key: `${rule} rev of ${room}`, text, room, rev: read.rev, ...isLate }
  }
  return undefined
}

/** However a room is read, and by whomever, it is the same; and each client holds just that. */
export const agreement: Check = function* (record): Generator<Violation> {
  for (const read of record.reads) {
    const fresh = record.reads.find(({ way, room }) => way === 'http' && room === read.room)
    if (!fresh || fresh === read) continue
    const wrong = compare(record, read, fresh)
    if (wrong) yield wrong
    const own = record.reads.find(({ way, room, who }) => way === 'http' && room === read.room && who === read.who)
    if (read.way !== 'client' || !own || isDeepStrictEqual(read.facts, own.facts)) continue
    const text = `${read.reader} holds other facts than the room list: ${JSON.stringify(read.facts)}, not ${JSON.stringify(own.facts)}.`
    yield { rule: 'D4', key: `D4 facts ${read.reader}`, text, room: read.room, isLate: true }
  }
}
