import type { Message } from '@parley/client'
import { type Check, messagesIn, type Violation } from './record.ts'

/** What a bot says bit by bit is told to the exact character, while it grows and in the end. */
export const replies: Check = function* ({ deedsOn, heard, reads, held }): Generator<Violation> {
  /** The whole texts, by `room id rev`: a reply that is made anew has another rev. */
  const whole = new Map<string, string>()
  const ended = new Map<string, Message>()
  for (const read of reads) {
    for (const message of held(read)) if (message.ended) ended.set(`${message.room} ${message.id}`, message)
  }
  const textOf = (room: string, id: string): string | undefined => {
    const key = `${room} ${id}`
    const deed = deedsOn.get(key)?.find(({ act }) => act.verb === 'reply')
    if (!deed) return undefined
    const known = whole.get(key) ?? deed.act.text ?? ended.get(key)?.text
    if (known !== undefined) whole.set(key, known)
    return known
  }
  for (const { socket, frame } of heard) {
    if (frame.type === 'delta') {
      const { room, id, at, text } = frame
      const all = textOf(room, id)
      const said = `${socket} was told ${JSON.stringify(text.slice(0, 40))} from ${at} on, where the reply says`
      if (all !== undefined && all.slice(at, at + text.length) !== text) {
        const real = JSON.stringify(all.slice(at, at + 40))
        yield { rule: 'T2', key: `T2 ${room} ${id}`, text: `${said} ${real}.`, room, id }
      }
    }
    for (const { room, id, text, deletedAt } of messagesIn(frame)) {
      const all = deletedAt ? undefined : textOf(room, id)
      if (all !== undefined && !all.startsWith(text)) {
        yield {
          rule: 'T3',
          key: `T3 ${room} ${id}`,
          text: `${socket} was told of a reply with another text.`,
          room,
          id,
        }
      }
    }
  }
  for (const { room, id, ended: how } of ended.values()) {
    const deed = deedsOn.get(`${room} ${id}`)?.find(({ act, answer }) => act.verb === 'reply' && answer)
    if (deed && how !== 'done') {
      yield { rule: 'T5', key: `T5 ${room} ${id}`, text: `A reply that was ended is ${how}, not done.`, room, id }
    }
  }
}
