import type { Message } from '@parley/client'
import { type Check, type Deed, isContent, isNew, type Violation } from './record.ts'

const place = ({ room, id }: Pick<Message, 'room' | 'id'>) => ({ room, id })

/** What a message may say: what was answered last, or what was asked without an answer. */
const mayStand = (message: Message, deeds: readonly Deed[]): boolean => {
  const content = deeds.filter(({ act }) => isContent(act.verb))
  const answered = content.findLast(({ answer }) => answer)
  return [answered, ...content.filter(({ answer }) => !answer)].some((deed) => {
    if (!deed) return false
    const { verb, text } = deed.act
    if (verb === 'delete') return message.deletedAt !== undefined && message.text === ''
    if (verb === 'reply' && message.streaming) return text?.startsWith(message.text) ?? true
    return message.deletedAt === undefined && (text === undefined || message.text === text)
  })
}

/** Reactions of which it is certain: the last word about them was answered, and none is open. */
const reactionFault = (message: Message, deeds: readonly Deed[], idOf: (who: string) => string): string | undefined => {
  if (message.deletedAt) return undefined
  const byEmoji = new Map<string, Deed[]>()
  for (const deed of deeds) {
    const { verb, emoji, device } = deed.act
    if (verb === 'react') byEmoji.set(`${device} ${emoji}`, [...(byEmoji.get(`${device} ${emoji}`) ?? []), deed])
  }
  for (const own of byEmoji.values()) {
    const last = own.at(-1) as Deed
    if (own.some(({ answer }) => !answer)) continue
    const { who, emoji = '', on } = last.act
    const isThere = message.reactions?.[emoji]?.some((user) => user === idOf(who)) ?? false
    if (isThere !== on) return `${emoji} of ${who} is ${isThere ? 'there' : 'not there'}`
  }
  return undefined
}

/** Every answered message is stored once, as it was said; and nothing else is. */
export const stored: Check = function* ({ reads, held, deeds, deedsOn, people }): Generator<Violation> {
  const idOf = (who: string): string => people.get(who)?.id ?? ''
  for (const read of reads) {
    if (read.way === 'client') continue
    const counts = new Map<string, number>()
    for (const message of held(read)) counts.set(message.id, (counts.get(message.id) ?? 0) + 1)
    for (const { act, answer } of deeds) {
      const { room, id, verb } = act
      if (!answer || !isNew(verb) || room !== read.room) continue
      const count = counts.get(id) ?? 0
      const what = count === 0 ? 'is not in the room' : `is ${count} times in the room`
      const text = `A message of ${act.who} was answered and ${what}, as ${read.reader} tells it.`
      if (count !== 1) yield { rule: 'D2', key: `D2 ${room} ${id}`, text, room, id }
    }
    for (const message of held(read)) {
      const { room, id } = message
      const own = deedsOn.get(`${room} ${id}`) ?? []
      const first = own.find(({ act }) => isNew(act.verb))
      if (!first || idOf(first.act.who) !== message.from.id) {
        const text = `Nobody has said this, and it is in the room: ${JSON.stringify(message.text.slice(0, 60))}.`
        yield { rule: 'S1', key: `said ${room} ${id}`, text, ...place(message) }
        continue
      }
      if (!mayStand(message, own)) {
        const text = `A message of ${first.act.who} says ${JSON.stringify(message.text.slice(0, 60))}, which is not what was answered last.`
        yield { rule: 'D1', key: `D1 ${room} ${id}`, text, ...place(message) }
      }
      const wrong = reactionFault(message, own, idOf)
      if (wrong)
        yield {
          rule: 'E7',
          key: `E7 ${room} ${id}`,
          text: `After the last answer about it ${wrong}.`,
          ...place(message),
        }
    }
  }
}
