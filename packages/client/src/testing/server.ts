import type { Connections, Delivery, SessionId } from '@parley/core'
import { memoryConnections } from '@parley/core/memory'
import { beforeCalls, type TestChat, testChat } from '@parley/core/testing'
import type { UserId } from '@parley/protocol'
import type { Edges } from '../edges.ts'
import type { Session } from '../session.ts'
import { createNetwork, type Network } from './network.ts'
import type { Mischief } from './script.ts'
import { type VirtualClock, virtualClock } from './virtual-clock.ts'
import { leaseMs } from './voice.ts'
import { createWeb } from './web.ts'

/** A whole server with the network before it, both at the mercy of a script. */
export interface TestServer {
  readonly clock: VirtualClock
  readonly chat: TestChat
  readonly network: Network
  /** How a client that is called so reaches the server. */
  edges(owner: string): Pick<Edges, 'transport' | 'fetch' | 'onWake'>
  /** A session of somebody, as signing in would give it. */
  issue(user: UserId, session: SessionId): Session
  /** Ends the process, with what only it knew, and starts it again after a while. */
  restart(downMs: number, bye: boolean): void
  /** What may happen from now on: nothing at first. */
  mischief: Mischief
}

const tokenMs = 20 * 60_000
const wakeMs = 30_000

/** Everything works, in order and at once. */
export const noMischief: Mischief = {
  slow: false,
  stalling: false,
  lossy: false,
  overtaking: false,
  interleaved: false,
  limited: false,
}

export const createServer = (random: () => number): TestServer => {
  const clock = virtualClock(Date.UTC(2026, 0, 1), (ms) => chat.clock.pass(ms))
  /** Processes that have been; what belongs to an earlier one does not happen any more. */
  let life = 0
  let connections: Connections | undefined

  const latency = (): number => {
    const { slow, stalling } = server.mischief
    if (stalling && random() < 0.04) return 2_000 + Math.floor(random() * 11_000)
    return slow ? Math.floor(random() * 800) : 5 + Math.floor(random() * 30)
  }
  const later = (delivery: Delivery): void => {
    const born = life
    clock.after(Math.floor(random() * 4_000), () => {
      const index = chat.publisher.waiting.indexOf(delivery)
      if (index >= 0 && born === life) clock.track(chat.publisher.release(index))
    })
  }
  const fateOf = (delivery: Delivery) => {
    const luck = random()
    if (!server.mischief.lossy || luck < 0.4) return 'direct'
    if (luck < 0.65) return 'dropped'
    later(delivery)
    return luck < 0.85 ? 'delayed' : 'doubled'
  }
  const chat = testChat({
    fateOf,
    framesPerSecond: 1,
    settings: { streamLeaseMs: leaseMs, orphanMs: 30_000 },
    wrap: ({ connections: first, store, limits }) => {
      connections = first
      const between = () => (server.mischief.interleaved ? clock.pause(Math.floor(random() * 30)) : undefined)
      const latest = new Proxy(first, { get: (_, method) => Reflect.get(connections ?? first, method) })
      return {
        limits: { take: (act, key) => (server.mischief.limited ? limits.take(act, key) : 0) },
        store: beforeCalls(store, between),
        connections: beforeCalls(latest, between),
        sockets: { send: (to, frame) => network.send(to, frame), close: (...end) => network.close(...end) },
      }
    },
  })
  const network = createNetwork({
    clock,
    weather: { latency, overtakes: () => server.mischief.overtaking },
    chat: () => chat.chat,
    redeem: async (ticket) => {
      const nobody = { kind: 'nobody', address: '', mayBeGuest: false } as const
      const bearer = await chat.chat.execute(nobody, { action: 'redeem-ticket', ticket })
      return 'refused' in bearer ? undefined : bearer
    },
  })
  const web = createWeb({ clock, latency, chat: () => chat.chat, isDown: () => network.isDown, tokenMs })
  const wake = (): void => {
    clock.track(chat.chat.wake())
    clock.after(wakeMs, wake)
  }
  clock.after(wakeMs, wake)
  const server: TestServer = {
    mischief: noMischief,
    clock,
    chat,
    network,
    edges: (owner) => ({ transport: network.transport(owner), fetch: web.fetch, onWake: () => () => {} }),
    issue: web.issue,
    restart(downMs, bye) {
      life += 1
      network.isDown = true
      if (bye) network.sayBye()
      network.cut(undefined, false)
      connections = memoryConnections({ clock: chat.clock })
      clock.after(downMs, () => {
        network.isDown = false
      })
    },
  }
  return server
}
