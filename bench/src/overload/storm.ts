import { guestTokens } from '../load/guests.ts'
import { type Latency, latencies } from '../load/latency.ts'
import { start } from '../servers.ts'
import { openPerson, type Person, pause } from './person.ts'
import { openProbe } from './probe.ts'

export interface Storm {
  readonly people: number
  /** Seconds from the moment all sockets were cut until the last of them was greeted again. */
  readonly seconds: number
  /** From an attempt to its greeting. */
  readonly greeting: Latency
  readonly refused: number
  /** What two who had stayed noticed. */
  readonly calm: Latency
  readonly stormy: Latency
}

const openAtOnce = 64

/** Cuts so many connections at once and brings all of them back at once, without any back-off. */
export const measureStorm = async (people: number, calmMs: number): Promise<Storm> => {
  const server = await start('Parley')
  try {
    const tokens = await guestTokens(server.url, people + 2)
    const [first = '', second = '', ...others] = tokens
    const present: Person[] = []
    let next = 0
    const openSome = async (): Promise<void> => {
      for (let index = next++; index < people; index = next++) {
        present.push(await openPerson(server.url, others[index] as string))
      }
    }
    await Promise.all(Array.from({ length: openAtOnce }, openSome))
    const probe = await openProbe(server.url, [first, second])
    const calm = await probe.during(() => pause(calmMs))

    const greetings = latencies()
    let refused = 0
    let seconds = 0
    const back: Person[] = []
    const comeBack = async (token: string): Promise<void> => {
      const begun = performance.now()
      try {
        back.push(await openPerson(server.url, token))
        greetings.add(performance.now() - begun)
      } catch {
        refused += 1
      }
    }
    const stormy = await probe.during(async () => {
      const begun = performance.now()
      for (const { connection } of present) connection.end()
      await Promise.all(others.map(comeBack))
      seconds = (performance.now() - begun) / 1000
    })
    probe.leave()
    for (const { connection } of back) connection.end()
    return { people, seconds, greeting: greetings.take(), refused, calm, stormy }
  } finally {
    await server.stop()
  }
}
