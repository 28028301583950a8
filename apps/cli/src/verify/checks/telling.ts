import type { Check, Violation } from './record.ts'

/** A socket that was greeted, and what it was told of each message: the highest rev, by `room id`. */
interface Hearing {
  readonly who: string
  readonly greetedAt: number
  readonly revs: Map<string, number>
}

/** Whoever is connected is told of every change that was asked for after its greeting; a client tells each message once. */
export const telling: Check = function* ({ heard, closed, deeds, entered, removed, entries }): Generator<Violation> {
  const sockets = new Map<string, Hearing>()
  for (const { at, who, socket, frame } of heard) {
    if (frame.type === 'welcome') sockets.set(socket, { who, greetedAt: at, revs: new Map() })
    if (frame.type !== 'message') continue
    const revs = sockets.get(socket)?.revs
    const key = `${frame.room} ${frame.message.id}`
    revs?.set(key, Math.max(revs.get(key) ?? 0, frame.message.rev))
  }
  for (const [socket, { who, greetedAt, revs }] of sockets) {
    if (closed.has(socket)) continue
    for (const { act, answer } of deeds) {
      const { room, id } = act
      const since = Math.max(greetedAt, entered.get(`${who} ${room}`) ?? Number.POSITIVE_INFINITY)
      if (!answer || act.at < since || removed.has(`${who} ${room}`)) continue
      const { rev } = answer.message
      const told = revs.get(`${room} ${id}`)
      const what = told === undefined ? 'the message at all' : `more of the message than rev ${told}`
      const text = `${socket} was connected all the time and never told ${what}: rev ${rev} was answered to ${act.who}.`
      if ((told ?? 0) < rev) yield { rule: 'S2', key: `S2 ${who} ${room} ${id}`, text, room, id, rev, isLate: true }
    }
  }
  const created = new Set<string>()
  for (const entry of entries) {
    if (entry.kind !== 'created') continue
    const { device, room, id } = entry
    const key = `${device} ${room} ${id}`
    const text = `The client of ${device} told of a message as new twice.`
    if (created.has(key)) yield { rule: 'D2', key: `new twice ${key}`, text, room, id }
    created.add(key)
  }
}
