import { risingId } from '@parley/protocol/rising-id'

/** What a socket reports. `closed` comes once, also when it never opened; after it nothing comes. */
export interface SocketEvents {
  opened(): void
  received(text: string): void
  closed(code: number, reason: string): void
}

/** An open or opening socket. */
export interface Socket {
  send(text: string): void
  close(code: number, reason: string): void
}

/** Opens a socket. What happens is reported later, never while this is called. */
export type Transport = (url: string, events: SocketEvents) => Socket

/** The time, and timers by it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Acts once after so many milliseconds, unless it is called off before by what this returns. */
  after(ms: number, act: () => void): () => void
}

/** All of the outer world that a client touches. Each may be replaced, for tests or for places that have no such thing. */
export interface Edges {
  readonly transport: Transport
  readonly fetch: (url: string, request: RequestInit) => Promise<Response>
  readonly clock: Clock
  /** From 0 to below 1, evenly. */
  random(): number
  /** A new UUID in lower case, for a message: of version 7, which servers store best. */
  uuid(): string
  /** Calls whenever a connection may work again, or may have died unnoticed; returns how to end that. */
  onWake(wake: () => void): () => void
}

/** Timers fire at once for more than this. */
const longestTimerMs = 2 ** 31 - 1

const webSocket: Transport = (url, { opened, received, closed }) => {
  const socket = new WebSocket(url)
  socket.onopen = () => opened()
  socket.onmessage = ({ data }) => received(String(data))
  socket.onclose = ({ code, reason }) => closed(code, reason)
  return {
    send: (text) => socket.send(text),
    close: (code, reason) => socket.close(code, reason),
  }
}

/** In a page: the network came back, or the page is looked at again. */
const onWake = (wake: () => void): (() => void) => {
  const page = globalThis as Partial<Pick<EventTarget, 'addEventListener' | 'removeEventListener'>>
  const events = ['online', 'pageshow', 'focus']
  for (const event of events) page.addEventListener?.(event, wake)
  return () => {
    for (const event of events) page.removeEventListener?.(event, wake)
  }
}

/** What browsers and Node 24 have alike. */
export const globalEdges = (): Edges => ({
  transport: webSocket,
  fetch: (url, request) => fetch(url, request),
  clock: {
    now: () => Date.now(),
    after: (ms, act) => {
      const timer = setTimeout(act, Math.min(ms, longestTimerMs))
      return () => clearTimeout(timer)
    },
  },
  random: () => Math.random(),
  uuid: risingId,
  onWake,
})
