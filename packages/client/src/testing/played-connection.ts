import { createConnection } from '../connection.ts'
import type { ParleyError } from '../errors.ts'
import type { ConnectionState } from '../state/state.ts'
import { general, welcome } from './samples.ts'
import { type StubSocket, stubSockets } from './stub-sockets.ts'
import { virtualClock } from './virtual-clock.ts'

/** How long a link is used. */
export const lifeMs = 2 * 60 * 60_000

/** A connection whose sockets and tickets the test plays. */
export const playedConnection = ({ random = () => 0.5 }: { random?: () => number } = {}) => {
  const clock = virtualClock(0, () => {})
  const { transport, sockets } = stubSockets()
  const states: ConnectionState[] = []
  const heard: (readonly [string, boolean])[] = []
  const tickets: (ParleyError | undefined)[] = []
  let online = 0
  const connection = createConnection({
    transport,
    clock,
    random,
    lifeMs,
    address: async () => {
      const refusal = tickets.shift()
      if (refusal) throw refusal
      return `ws://chat.test/ws?ticket=${sockets.length + 1}`
    },
    pinged: () => [general],
    changed: (state) => states.push(state),
    heard: (frames, isCurrent) => heard.push(...frames.map(({ frame }) => [frame.type, isCurrent] as const)),
    online: () => {
      online += 1
    },
  })
  const latest = (): StubSocket => {
    const socket = sockets.at(-1)
    if (!socket) throw new Error('no socket was opened')
    return socket
  }
  const greet = (): StubSocket => {
    latest().open()
    latest().answer('hello', welcome())
    return latest()
  }
  const start = async (): Promise<StubSocket> => {
    connection.start()
    await clock.settle()
    return greet()
  }
  /** Answers pings for so long. */
  const live = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 1_000) {
      await clock.pass(1_000)
      for (const socket of sockets) {
        const ping = socket.sent.at(-1)
        if (ping?.action === 'ping' && socket.closedByClient === undefined) socket.tell({ type: 'pong', ref: ping.ref })
      }
    }
  }
  /** Lives until so many sockets were opened; says when that was. */
  const liveUntil = async (count: number): Promise<number> => {
    while (sockets.length < count && clock.now() < lifeMs) await live(10_000)
    return clock.now()
  }
  const status = () => states.at(-1)?.status
  return {
    clock,
    sockets,
    states,
    heard,
    tickets,
    connection,
    latest,
    greet,
    start,
    live,
    liveUntil,
    status,
    online: () => online,
  }
}
