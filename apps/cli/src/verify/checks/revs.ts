import { isDeepStrictEqual } from 'node:util'
import type { Message } from '@parley/client'
import { type Check, messagesIn, type Record, type Violation } from './record.ts'

/** All messages that were told of, in whatever way, and by what. */
function* told({ deeds, heard, reads, held }: Record): Generator<readonly [message: Message, by: string]> {
  for (const { answer } of deeds) if (answer) yield [answer.message, `the answer to ${answer.who}`]
  for (const { socket, frame } of heard) for (const message of messagesIn(frame)) yield [message, socket]
  for (const read of reads) for (const message of held(read)) yield [message, read.reader]
}

/** A reply that grows has one rev and many texts. */
const isSame = (one: Message, other: Message): boolean =>
  isDeepStrictEqual(one, other) ||
  (one.streaming === true &&
    other.streaming === true &&
    isDeepStrictEqual({ ...one, text: '' }, { ...other, text: '' }))

/** At a kill each client may have had some changes under way that nobody was told of before they were overtaken. */
const lostAtRestart = 4

/** Every rev is the number of one change, and none is left out. */
export const revs: Check = function* (record): Generator<Violation> {
  const changes = new Map<string, Map<number, readonly [message: Message, by: string]>>()
  const used = new Map<string, Set<number>>()
  for (const [message, by] of told(record)) {
    const { room, rev, seq, id } = message
    const known = changes.get(room) ?? new Map<number, readonly [message: Message, by: string]>()
    const numbers = used.get(room) ?? new Set<number>()
    changes.set(room, known)
    used.set(room, numbers.add(rev).add(seq))
    const [other, otherBy] = known.get(rev) ?? []
    if (!other) known.set(rev, [message, by])
    else if (!isSame(other, message)) {
      const what = other.id === id ? 'two states of one message' : 'two messages'
      const text = `Rev ${rev} is that of ${what}, by ${otherBy} and by ${by}.`
      yield { rule: 'W8', key: `W8 ${room} ${rev}`, text, room, id, rev }
    }
  }
  for (const [room, numbers] of used) {
    const newest = Math.max(...record.reads.filter((read) => read.room === room).map(({ rev }) => rev), 0)
    const missing = Array.from({ length: newest }, (_, index) => index + 1).filter((rev) => !numbers.has(rev))
    const unanswered = record.deeds.filter(({ act, answer }) => act.room === room && !answer).length
    const [rev = 0] = missing
    const text = `Of the revs up to ${newest} ${missing.length} are of no change that anybody was told of; the first is ${rev}.`
    if (missing.length > unanswered + record.restarts * lostAtRestart * record.people.size) {
      yield { rule: 'W8', key: `gap ${room}`, text, room, rev, isLate: true }
    }
  }
}
