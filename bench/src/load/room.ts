import { processorTime, shares } from '../processors.ts'
import { type Connection, openConnection } from './connection.ts'
import type { Latency } from './latency.ts'
import { lazyReaders } from './lazy-readers.ts'
import { traffic } from './traffic.ts'
import type { Wire } from './wires.ts'

/** One measurement. Without `perSecond` a message follows each answer; with it, messages are sent at that rate. */
export interface Measurement {
  /** Messages under way at once, all speakers together; unused with `perSecond`. */
  readonly underWay: number
  /** How many of the members speak. */
  readonly speakers: number
  readonly warmMs: number
  readonly measureMs: number
  readonly perSecond?: number
  /** The server's process. */
  readonly pid: number
}

export interface Measured {
  readonly deliveriesPerSecond: number
  readonly messagesPerSecond: number
  readonly answer: Latency
  readonly delivery: Latency
  /** Shares of a core: of the server, of this process, and of everybody else on the machine. */
  readonly shares?: { readonly server: number; readonly load: number; readonly others: number }
  /** Deliveries that did not come, or, below 0, came twice; anything but 0 makes the figures worthless. */
  readonly missing: number
}

export interface Room {
  /** Opens connections until there are so many members. Accounts are made at once for as many as are expected later. */
  grow(members: number, expected?: number): Promise<void>
  measure(measurement: Measurement): Promise<Measured>
  leave(): void
}

interface Speaker {
  readonly connection: Connection
  readonly index: number
}

const openAtOnce = 64
const drainMs = 10_000
/** Silent members who read at once, and whose deliveries are timed. */
const watched = 8

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

export const openRoom = (url: string, wire: Wire): Room => {
  const members: Connection[] = []
  const headers: Readonly<Record<string, string>>[] = []
  const { counts, mode, answers, deliveries, post, listen, watch, speak, lost } = traffic(wire)

  /** Speakers sit evenly among the members: where in its list a server has them shall not matter. */
  const speakersOf = (count: number): readonly Speaker[] =>
    Array.from({ length: count }, (_, nth) => {
      const index = Math.floor((nth * members.length) / count)
      return { connection: members[index] as Connection, index }
    })

  const sayOne = (speakers: readonly Speaker[], nth: number): void => {
    const { connection, index } = speakers[nth % speakers.length] as Speaker
    connection.send(post(index))
  }

  const pace = (perSecond: number, speakers: readonly Speaker[]): NodeJS.Timeout => {
    const begun = performance.now()
    let said = 0
    return setInterval(() => {
      const due = ((performance.now() - begun) / 1000) * perSecond
      while (said < due) sayOne(speakers, said++)
    }, 1)
  }

  /** Gives everybody a part; what it returns puts them all at rest again. */
  const begin = ({ speakers: count, underWay, perSecond }: Measurement): (() => Promise<void>) => {
    const speakers = speakersOf(count)
    const speaking = new Set(speakers.map(({ connection }) => connection))
    const silent = members.filter((member) => !speaking.has(member))
    const watching = new Set(silent.filter((_, nth) => nth % Math.ceil(silent.length / watched) === 0))
    for (const { connection, index } of speakers) speak(connection, index)
    for (const connection of watching) watch(connection)
    const readers = lazyReaders(silent.filter((member) => !watching.has(member)))
    mode.oneIn = perSecond ? 1 : 5
    mode.going = !perSecond
    const pacer = perSecond ? pace(perSecond, speakers) : undefined
    if (!perSecond) for (let nth = 0; nth < underWay; nth++) sayOne(speakers, nth)
    return async () => {
      mode.going = false
      clearInterval(pacer)
      const until = performance.now() + drainMs
      while (missing() > 0 && performance.now() < until && !counts.failure) await pause(20)
      await pause(20)
      readers.stop()
      for (const member of members) listen(member)
    }
  }

  let due = { sent: 0, delivered: 0 }
  const missing = (): number => due.delivered + (counts.sent - due.sent) * members.length - counts.delivered

  const measure = async (measurement: Measurement): Promise<Measured> => {
    due = { sent: counts.sent, delivered: counts.delivered }
    const end = begin(measurement)
    await pause(measurement.warmMs)
    const pids = [measurement.pid, process.pid]
    const before = { time: performance.now(), processors: processorTime(pids), ...counts }
    mode.timing = true
    await pause(measurement.measureMs)
    mode.timing = false
    const after = { time: performance.now(), processors: processorTime(pids), ...counts }
    const seconds = (after.time - before.time) / 1000
    const used = shares(before.processors, after.processors, seconds)
    await end()
    if (counts.failure) throw counts.failure
    return {
      deliveriesPerSecond: (after.delivered - before.delivered) / seconds,
      messagesPerSecond: (after.answered - before.answered) / seconds,
      answer: answers.take(),
      delivery: deliveries.take(),
      ...(used && { shares: { server: used.of[0] as number, load: used.of[1] as number, others: used.others } }),
      missing: missing(),
    }
  }

  const grow = async (count: number, expected = count): Promise<void> => {
    headers.push(...(await wire.headers(url, Math.max(0, expected - headers.length))))
    let next = members.length
    const openSome = async (): Promise<void> => {
      for (let index = next++; index < count; index = next++) {
        const member = await openConnection(url, wire, headers[index] ?? {}, lost)
        listen(member)
        members.push(member)
      }
    }
    await Promise.all(Array.from({ length: openAtOnce }, openSome))
    if (counts.failure) throw counts.failure
  }

  return {
    grow,
    measure,
    leave: () => {
      for (const member of members) member.end()
    },
  }
}
