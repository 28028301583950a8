import type { Message } from '@parley/client'
import type { EntryOf } from '../history.ts'
import { type Check, messagesIn, type Violation } from './record.ts'

const ascends = (read: EntryOf<'read'>, messages: readonly Message[]): Violation | undefined => {
  const bySync = read.way === 'sync'
  for (const [index, message] of messages.entries()) {
    const before = messages[index - 1]
    if (!before) continue
    const isWrong = bySync
      ? before.rev >= message.rev
      : before.seq >= message.seq || Date.parse(before.at) >= Date.parse(message.at)
    const { room, id } = message
    const text = `${read.reader} tells of messages out of order: ${bySync ? `rev ${before.rev}, ${message.rev}` : `seq ${before.seq}, ${message.seq}`}.`
    const rule = bySync ? 'Y1' : 'Y4'
    if (isWrong) return { rule, key: `${rule} ${room}`, text, room, id }
  }
  return undefined
}

/** Messages have one place each, the same for all, and those of one client are in the order of saying. */
export const order: Check = function* ({ reads, held, deeds, heard }): Generator<Violation> {
  for (const read of reads) {
    const wrong = ascends(read, held(read))
    if (wrong) yield wrong
  }
  const seqs = new Map<string, number>()
  const moved = ({ room, id, seq }: Message, from: string): Violation | undefined => {
    const key = `${room} ${id}`
    const known = seqs.get(key)
    seqs.set(key, known ?? seq)
    const text = `A message was told as seq ${known} and as seq ${seq} (${from}).`
    return known === undefined || known === seq ? undefined : { rule: 'W12', key: `W12 ${key}`, text, room, id }
  }
  for (const { answer } of deeds) {
    const wrong = answer && moved(answer.message, 'an answer')
    if (wrong) yield wrong
  }
  for (const { socket, frame } of heard) {
    for (const message of messagesIn(frame)) {
      const wrong = moved(message, socket)
      if (wrong) yield wrong
    }
  }
  for (const read of reads) {
    for (const message of held(read)) {
      const wrong = moved(message, read.reader)
      if (wrong) yield wrong
    }
  }
  const latest = new Map<string, number>()
  for (const { act, answer } of deeds) {
    if (!answer || act.verb !== 'send') continue
    const { room, id, device } = act
    const { seq } = answer.message
    const before = latest.get(`${device} ${room}`) ?? 0
    const text = `${device} said this after another message, and it stands before it: seq ${seq} after ${before}.`
    if (seq <= before) yield { rule: 'S7', key: `S7 ${room} ${id}`, text, room, id }
    latest.set(`${device} ${room}`, Math.max(before, seq))
  }
}
