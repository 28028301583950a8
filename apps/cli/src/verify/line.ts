import type { Socket } from 'node:net'
import { frameSplitter, type WebSocketFrame } from './frames.ts'
import type { Journal } from './history.ts'
import type { Trouble } from './mischief.ts'

/** One connection through the proxy, once it has been upgraded. */
export interface Line {
  /** Bytes from the server. */
  down(chunk: Buffer): void
  /** Bytes from the client. */
  up(chunk: Buffer): void
  /** Breaks it, without a word to either end. */
  cut(why: string): void
  /** From now on everything comes, at once and in order. */
  calm(): void
  /** The server has ended it. */
  ended(): void
  /** The client has ended it. */
  left(): void
}

interface Options {
  readonly who: string
  /** Its name in the journal. */
  readonly name: string
  readonly client: Socket
  readonly server: Socket
  readonly journal: Journal
  readonly trouble: Trouble
  readonly count: (fault: string) => void
}

const stallMs = 400

export const createLine = ({ who, name, client, server, journal, trouble, count }: Options): Line => {
  const split = frameSplitter()
  let isCalm = false
  let isOver = false
  let isStalled = false
  let cutsNextAnswer = false
  let frames = 0
  let closeCode = 1006
  /** When the last frame that was not overtaken arrives. */
  let latest = 0

  const over = (by: 'server' | 'us', code: number): void => {
    if (isOver) return
    isOver = true
    journal.note({ kind: 'closed', who, socket: name, code, by })
  }
  const fault = (what: string): void => {
    count(what)
    journal.note({ kind: 'fault', who, what: `${what} on ${name}` })
  }
  const cut = (why: string): void => {
    if (isOver) return
    fault(why)
    over('us', 1006)
    client.destroy()
    server.destroy()
  }
  const write = (bytes: Buffer): void => {
    if (!isOver && !isStalled) client.write(bytes)
  }
  const deliver = (bytes: Buffer, afterMs: number, isOvertaken: boolean): void => {
    const now = performance.now()
    const at = Math.max(isOvertaken ? 0 : latest, now + afterMs)
    if (!isOvertaken) latest = at
    if (at <= now) write(bytes)
    else setTimeout(() => write(bytes), at - now)
  }
  /** Whether the connection ends here. */
  const ends = ({ bytes }: WebSocketFrame): boolean => {
    const { ending } = trouble
    if (!ending || isCalm || frames < ending.after) return false
    if (ending.how === 'cut before the answer') {
      cutsNextAnswer = true
      return false
    }
    if (ending.how === 'stalled and cut') {
      if (!isStalled) setTimeout(() => cut(ending.how), stallMs)
      isStalled = true
      return true
    }
    if (ending.how === 'cut inside a frame') client.write(bytes.subarray(0, Math.ceil(bytes.length / 2)))
    cut(ending.how)
    return true
  }
  const one = (frame: WebSocketFrame): void => {
    const { bytes, text } = frame
    if (frame.closeCode !== undefined) closeCode = frame.closeCode
    if (text === undefined) {
      deliver(bytes, 0, false)
      return
    }
    const told = journal.heard(who, name, text)
    frames += 1
    if (ends(frame)) return
    const fate = isCalm ? 'comes' : trouble.fate(told)
    if (fate !== 'comes') fault(fate)
    if (fate === 'lost') return
    const waitMs = isCalm ? 0 : trouble.latencyMs()
    deliver(bytes, fate === 'overtaken' ? waitMs + 15 : waitMs, fate === 'overtaken')
    if (fate === 'doubled') deliver(bytes, waitMs, false)
  }
  return {
    down: (chunk) => {
      for (const frame of split(chunk)) if (!isOver) one(frame)
    },
    up: (chunk) => {
      if (isOver || isStalled) return
      server.write(chunk)
      // What was asked reaches the server, and its answer nobody: the client cannot know whether it was done.
      if (cutsNextAnswer && !isCalm) setTimeout(() => cut('cut before the answer'), 2)
    },
    cut,
    calm: () => {
      isCalm = true
    },
    ended: () => {
      over('server', closeCode)
      setTimeout(() => client.end(), Math.max(0, latest - performance.now()) + 1)
    },
    left: () => over('us', 1000),
  }
}
