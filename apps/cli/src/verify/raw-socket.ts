import { ParleyError } from '@parley/client'
import type { Action, Down, Up } from '@parley/protocol'
import type { Journal } from './history.ts'

/** A plain socket, greeted. All that it hears is written down; no library stands between. */
export interface RawSocket {
  /** Asks, and waits for the answer. @throws ParleyError what the server refused; `disconnected`; `timeout` */
  ask<A extends Action>(frame: Omit<Up<A>, 'ref'>): Promise<Down>
  close(): void
  /** Resolves when it is over, whoever ended it. */
  readonly closed: Promise<void>
}

interface Options {
  /** With its ticket. */
  readonly url: string
  readonly who: string
  /** Its name in the journal. */
  readonly name: string
  readonly journal: Journal
}

const answerMs = 30_000
/** As often as servers close what is silent, and no more often than they ask for. */
const pingMs = 20_000

interface Waiting {
  readonly resolve: (frame: Down) => void
  readonly reject: (error: ParleyError) => void
}

const lost = () => new ParleyError('disconnected', 'The connection was lost.', 1)

/** Opens a socket and says hello. @throws ParleyError */
export const openRawSocket = async ({ url, who, name, journal }: Options): Promise<RawSocket> => {
  const socket = new WebSocket(url)
  const waiting = new Map<string, Waiting>()
  const closed = Promise.withResolvers<void>()
  const opened = Promise.withResolvers<void>()
  let refs = 0
  let isClosedHere = false
  socket.onopen = () => opened.resolve()
  socket.onmessage = ({ data }) => {
    for (const frame of journal.heard(who, name, String(data))) {
      const ref = 'ref' in frame ? frame.ref : undefined
      const one = ref === undefined ? undefined : waiting.get(ref)
      if (!one || ref === undefined) continue
      waiting.delete(ref)
      if (frame.type === 'error') one.reject(new ParleyError(frame.code, frame.message, frame.retry))
      else one.resolve(frame)
    }
  }
  socket.onclose = ({ code }) => {
    journal.note({ kind: 'closed', who, socket: name, code, by: isClosedHere ? 'us' : 'server' })
    opened.reject(lost())
    for (const one of waiting.values()) one.reject(lost())
    waiting.clear()
    clearInterval(pinging)
    closed.resolve()
  }
  const ask: RawSocket['ask'] = (frame) =>
    new Promise((resolve, reject) => {
      if (socket.readyState !== WebSocket.OPEN) return reject(lost())
      refs += 1
      const ref = String(refs)
      const late = setTimeout(() => {
        waiting.delete(ref)
        reject(new ParleyError('timeout', 'The server did not answer in time.', 1))
      }, answerMs)
      const settled =
        <T>(act: (value: T) => void) =>
        (value: T) => {
          clearTimeout(late)
          act(value)
        }
      waiting.set(ref, { resolve: settled(resolve), reject: settled(reject) })
      socket.send(JSON.stringify({ ...frame, ref }))
    })
  const pinging = setInterval(() => void ask<'ping'>({ action: 'ping' }).catch(() => {}), pingMs)
  await opened.promise
  await ask<'hello'>({ action: 'hello', v: 1 })
  return {
    ask,
    closed: closed.promise,
    close: () => {
      isClosedHere = true
      socket.close(1000, '')
    },
  }
}
