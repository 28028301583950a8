import { randomUUID } from 'node:crypto'
import { guestTokens } from '../load/guests.ts'
import type { Latency } from '../load/latency.ts'
import { start } from '../servers.ts'
import { median } from '../targets.ts'
import { type Frame, openPerson, type Person, pause } from './person.ts'
import { openProbe } from './probe.ts'

export interface Flood {
  /** Whether the server limits rates, as it does when nobody says otherwise. */
  readonly isLimited: boolean
  /** Frames a second that one client sent. */
  readonly sentPerSecond: number
  readonly refusedShare: number
  /** The middle of the rounds: what two others in the same room noticed. */
  readonly calm: Latency
  readonly flooded: Latency
  /** The middle of the rounds' ratios of both. */
  readonly ratio: number
}

/** So much is written before the socket's buffer is looked at. */
const atOnce = 100

interface Flooder {
  readonly sent: () => number
  readonly refused: () => number
  for(ms: number): Promise<void>
  leave(): void
}

/** Comes back at once when it is thrown out. */
const openFlooder = async (url: string, token: string): Promise<Flooder> => {
  let sent = 0
  let refused = 0
  let waiting = 0
  const hear = ({ type }: Frame): void => {
    if (type === 'error') refused += 1
    if (type === 'error' || type === 'message') waiting -= 1
  }
  const open = async (): Promise<Person> => {
    waiting = 0
    isOut = false
    return openPerson(url, token, hear, () => {
      isOut = true
    })
  }
  let isOut = false
  let person = await open()
  return {
    sent: () => sent,
    refused: () => refused,
    async for(ms) {
      const until = performance.now() + ms
      while (performance.now() < until) {
        if (isOut) person = await open()
        for (let nth = 0; nth < atOnce; nth += 1) {
          person.say({ action: 'send', id: randomUUID(), room: 'general', text: 'More! '.repeat(10), ref: `${sent}` })
          sent += 1
          waiting += 1
        }
        // As fast as it is read, and not into the memory of this process.
        while (waiting > atOnce * 10 && !isOut && performance.now() < until) await pause(1)
        await pause(0)
      }
    },
    leave: () => person.connection.end(),
  }
}

/** Two people talk, now in peace, now beside one client that sends as fast as it can. */
export const measureFlood = async (isLimited: boolean, rounds: number, eachMs: number): Promise<Flood> => {
  const server = await start('Parley', [], isLimited ? { PARLEY_RATE: '20' } : {})
  try {
    const [first = '', second = '', third = ''] = await guestTokens(server.url, 3)
    const probe = await openProbe(server.url, [first, second])
    const flooder = await openFlooder(server.url, third)
    const pairs: { readonly calm: Latency; readonly flooded: Latency }[] = []
    let floodedMs = 0
    for (let round = 0; round < rounds; round += 1) {
      const calm = await probe.during(() => pause(eachMs))
      const begun = performance.now()
      const flooded = await probe.during(() => flooder.for(eachMs))
      floodedMs += performance.now() - begun
      pairs.push({ calm, flooded })
    }
    flooder.leave()
    probe.leave()
    const middle = (of: 'calm' | 'flooded'): Latency => ({
      p50: median(pairs.map((pair) => pair[of].p50)),
      p99: median(pairs.map((pair) => pair[of].p99)),
      samples: pairs.reduce((sum, pair) => sum + pair[of].samples, 0),
    })
    return {
      isLimited,
      sentPerSecond: (flooder.sent() * 1000) / floodedMs,
      refusedShare: flooder.refused() / flooder.sent(),
      calm: middle('calm'),
      flooded: middle('flooded'),
      ratio: median(pairs.map(({ calm, flooded }) => flooded.p99 / calm.p99)),
    }
  } finally {
    await server.stop()
  }
}
