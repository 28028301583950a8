import { type Check, messagesIn, type Record, type Violation } from './record.ts'

/** The acts by which changes came about, by `room id rev`. */
const actsByRev = ({ deeds }: Record): ReadonlyMap<string, number> => {
  const found = new Map<string, number>()
  for (const { act, answer } of deeds) {
    if (answer && !found.has(`${act.room} ${act.id} ${answer.message.rev}`)) {
      found.set(`${act.room} ${act.id} ${answer.message.rev}`, act.at)
    }
  }
  return found
}

/** Who is not in a room hears nothing of it; who was removed, nothing that was said after that. */
export const privacy: Check = function* (record): Generator<Violation> {
  const { heard, entered, removed, people, deeds, entries } = record
  const rooms = [...new Set([...entered.keys()].map((key) => key.slice(key.indexOf(' ') + 1)))]
  const begun = actsByRev(record)
  const created = new Map<string, number>()
  for (const { act } of deeds) {
    const key = `${act.room} ${act.id}`
    // When a reply was begun whose text is not known before, nobody here can say.
    if (!created.has(key) && (act.verb !== 'reply' || act.text !== undefined)) created.set(key, act.at)
  }
  for (const { at, who, socket, frame } of heard) {
    const text = people.get(who)?.part === 'witness' ? '' : JSON.stringify(frame)
    for (const room of rooms) {
      if (entered.has(`${who} ${room}`) || !text.includes(room)) continue
      const found = `${socket}, of ${who} who is not in the room, was told of it: a frame ${frame.type}.`
      yield { rule: 'V2', key: `V2 ${who} ${room} ${frame.type}`, text: found, room }
    }
    for (const { room, id, rev } of messagesIn(frame)) {
      const removedAt = removed.get(`${who} ${room}`)
      if (removedAt === undefined || at < removedAt) continue
      const begunAt = begun.get(`${room} ${id} ${rev}`) ?? created.get(`${room} ${id}`) ?? 0
      const found = `${socket}, of ${who} who was removed, was told rev ${rev}, which was asked for after that.`
      if (begunAt > removedAt) yield { rule: 'R11', key: `R11 ${who} ${room}`, text: found, room, id, rev }
    }
  }
  for (const key of removed.keys()) {
    const [who = '', room = ''] = key.split(' ')
    const isTold = heard.some((one) => one.who === who && one.frame.type === 'left' && one.frame.room === room)
    const hasLostSocket = entries.some((one) => one.kind === 'closed' && one.who === who)
    const text = `${who} was removed from the room and not told so.`
    if (!isTold && !hasLostSocket) yield { rule: 'R11', key: `R11 left ${key}`, text, room, isLate: true }
  }
  for (const entry of entries) {
    if (entry.kind !== 'tried' || entry.allowed.includes(entry.code)) continue
    const text = `${entry.who} tried ${entry.what}, and that was ${entry.code}, not ${entry.allowed.join(' or ')}.`
    yield { rule: 'V2', key: `tried ${entry.who} ${entry.what}`, text }
  }
}
