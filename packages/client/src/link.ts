import type { Action, Down } from '@parley/protocol'
import { limits } from '@parley/protocol/limits'
import type { Clock, Socket, Transport } from './edges.ts'
import { lost, ParleyError, refused, timedOut } from './errors.ts'
import { gatewayError } from './gateway.ts'
import { type Answer, type Ask, wire } from './wire.ts'

/** One socket, from its opening to its end. */
export interface Link {
  /**
   * Asks, and waits for the answer.
   * @throws ParleyError what the server refused; `disconnected` when the link ended before; `timeout`
   */
  ask<A extends Action>(what: Ask<A>): Promise<Answer<A>>
  /** Says something to which no answer is wanted. */
  say(what: Ask): void
  /** Whether nothing that was asked waits for its answer. */
  isIdle(): boolean
  /** Ends the link at once; what waits for an answer is told why, `disconnected` if nothing else. */
  close(why?: ParleyError): void
}

export interface LinkEvents {
  /** Hello was answered. The next that is heard is this frame. */
  greeted(link: Link, frame: Down<'welcome'>): void
  /** One or more frames came together, each with what it answers, if that was asked here. */
  heard(link: Link, frames: readonly Heard[]): void
  /** The link is over, whoever ended it. Comes once. */
  ended(link: Link, why: ParleyError): void
}

export interface Heard {
  readonly frame: Down
  readonly asked?: Ask
  /** When it was asked, in milliseconds since 1970. */
  readonly askedAt?: number
}

interface Waiting {
  readonly asked: Ask
  readonly askedAt: number
  readonly resolve: (frame: never) => void
  readonly reject: (error: ParleyError) => void
  callOff: () => void
}

interface Options {
  readonly transport: Transport
  readonly clock: Clock
  readonly url: string
  readonly events: LinkEvents
}

/** To open and to be greeted. */
const greetingMs = 15_000
/** For an answer: longer than a gateway lets a server work on one. */
const answerMs = 30_000
/** For a gateway's error to be about whatever is not answered by then. */
const blameMs = 3_000

const tooLarge = (text: string): boolean =>
  text.length * 3 > limits.upBytes && new TextEncoder().encode(text).length > limits.upBytes

const parse = (text: string): readonly object[] => {
  try {
    const value: unknown = JSON.parse(text)
    const list = Array.isArray(value) ? value : [value]
    return list.filter((one) => typeof one === 'object' && one !== null)
  } catch {
    return []
  }
}

/** Opens a socket and says hello. */
export const openLink = ({ transport, clock, url, events }: Options): Link => {
  const waiting = new Map<string, Waiting>()
  let refs = 0
  let bye: Down<'bye'> | undefined
  let isGreeted = false
  let isOver = false
  /** What came before the welcome and may be newer than it. */
  const held: Heard[] = []

  const end = (why: ParleyError): void => {
    if (isOver) return
    isOver = true
    callOffGreeting()
    for (const one of waiting.values()) {
      one.callOff()
      one.reject(why)
    }
    waiting.clear()
    events.ended(link, why)
  }
  const close = (why = lost({ code: wire.closed.normally, reason: '' })): void => {
    if (isOver) return
    socket.close(wire.closed.normally, '')
    end(why)
  }
  const giveUp = (ref: string, error: ParleyError): void => {
    const one = waiting.get(ref)
    waiting.delete(ref)
    one?.callOff()
    one?.reject(error)
  }
  const blame = (error: ParleyError): void => {
    const [only, ...others] = waiting.keys()
    if (only !== undefined && others.length === 0) giveUp(only, error)
    for (const [ref, one] of waiting) {
      one.callOff()
      one.callOff = clock.after(blameMs, () => giveUp(ref, error))
    }
  }
  /** What a frame is to those who listen; undefined for what only this link needs to know. */
  const hear = (frame: Down): Heard | undefined => {
    const ref = 'ref' in frame ? frame.ref : undefined
    if (frame.type === 'bye') bye = frame
    if (ref === undefined) return { frame }
    const one = waiting.get(ref)
    if (!one) return frame.type === 'message' ? { frame } : undefined
    waiting.delete(ref)
    one.callOff()
    if (frame.type === 'error') one.reject(refused(frame))
    else one.resolve(frame as never)
    return { frame, asked: one.asked, askedAt: one.askedAt }
  }
  const received = (text: string): void => {
    if (isOver) return
    for (const frame of parse(text)) {
      const error = gatewayError(frame)
      if (error) blame(error)
      const one = 'type' in frame ? hear(frame as Down) : undefined
      if (one?.frame.type === 'welcome') {
        callOffGreeting()
        isGreeted = true
        held.unshift(one)
        events.greeted(link, one.frame)
      } else if (one) held.push(one)
    }
    if (isGreeted && held.length > 0) events.heard(link, held.splice(0))
  }
  const ask = <A extends Action>(what: Ask<A>): Promise<Answer<A>> =>
    new Promise((resolve, reject) => {
      if (isOver) return reject(lost({ code: wire.closed.abnormally, reason: '' }))
      refs += 1
      const ref = refs.toString(36)
      const text = JSON.stringify({ ...what, ref })
      if (tooLarge(text)) return reject(new ParleyError('too_large', 'This is larger than 32 KiB.'))
      const callOff = clock.after(answerMs, () => giveUp(ref, timedOut()))
      waiting.set(ref, { asked: what, askedAt: clock.now(), resolve, reject, callOff })
      socket.send(text)
    })

  const link: Link = {
    ask,
    say: (what) => {
      if (!isOver) socket.send(JSON.stringify(what))
    },
    isIdle: () => waiting.size === 0,
    close,
  }
  const callOffGreeting = clock.after(greetingMs, () => close(timedOut()))
  const socket: Socket = transport(url, {
    opened: () => {
      ask({ action: 'hello', v: wire.version }).catch(close)
    },
    received,
    closed: (code, reason) => end(lost({ code, reason, ...(bye && { bye }) })),
  })
  return link
}
