import { randomUUID } from 'node:crypto'
import { type Latency, latencies } from '../load/latency.ts'
import { openPerson, pause } from './person.ts'

/** Two people who talk all the time, as fast as a client may, to see what others do to them. */
export interface Probe {
  /** The times from sending to delivery while something else goes on, in milliseconds. */
  during(act: () => Promise<unknown>): Promise<Latency>
  leave(): void
}

/** Below the rate that a connection is allowed when nobody says otherwise. */
const everyMs = 60
const drainMs = 10_000

export const openProbe = async (url: string, [speaker, listener]: readonly [string, string]): Promise<Probe> => {
  const sent = new Map<string, number>()
  const times = latencies()
  const hearing = await openPerson(url, listener, ({ type, message }) => {
    const begun = type === 'message' && message ? sent.get(message.id) : undefined
    if (begun === undefined || !message) return
    sent.delete(message.id)
    times.add(performance.now() - begun)
  })
  const speaking = await openPerson(url, speaker)
  const speak = (): void => {
    const id = randomUUID()
    sent.set(id, performance.now())
    speaking.say({ action: 'send', id, room: 'general', text: 'Does this come in time?' })
  }
  return {
    async during(act) {
      const pacer = setInterval(speak, everyMs)
      await act().finally(() => clearInterval(pacer))
      const until = performance.now() + drainMs
      while (sent.size > 0 && performance.now() < until) await pause(20)
      if (sent.size > 0) throw new Error(`${sent.size} messages did not come`)
      return times.take()
    },
    leave() {
      speaking.connection.end()
      hearing.connection.end()
    },
  }
}
