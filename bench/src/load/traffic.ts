import type { Connection } from './connection.ts'
import { eachMessage, numberReader } from './counting.ts'
import { latencies } from './latency.ts'
import type { Wire } from './wires.ts'

/** Far more messages than can ever be under way. */
const ring = 1 << 17

/** What goes to and fro on all connections of a room, counted; `failure` is the first thing that went wrong. */
export interface Traffic {
  readonly counts: { sent: number; answered: number; delivered: number; failure: Error | undefined }
  readonly answers: ReturnType<typeof latencies>
  readonly deliveries: ReturnType<typeof latencies>
  /** Whether times are kept, of one in how many frames, and whether a message follows each answer. */
  readonly mode: { timing: boolean; oneIn: number; going: boolean }
  /** The next message, in the name of a speaker. */
  post(speaker: number): Buffer
  /** Only counts what comes. */
  listen(connection: Connection): void
  /** Counts what comes, and takes its time. */
  watch(connection: Connection): void
  /** Watches, and knows the answers to the messages of this speaker. */
  speak(connection: Connection, speaker: number): void
  lost(error: Error): void
}

export const traffic = (wire: Wire): Traffic => {
  const prefix = Buffer.from(wire.prefix)
  const message = wire.framing.numbered(wire.message)
  const sentAt = new Float64Array(ring)
  const speakerOf = new Int32Array(ring)
  const answers = latencies()
  const deliveries = latencies()
  const counts: Traffic['counts'] = { sent: 0, answered: 0, delivered: 0, failure: undefined }
  const mode: Traffic['mode'] = { timing: false, oneIn: 1, going: false }
  let frames = 0

  const lost = (error: Error): void => {
    counts.failure ??= error
  }

  const other = (connection: Connection, bytes: Buffer, start: number, end: number): void => {
    const text = bytes.toString('utf8', start, end)
    const reply = wire.reply?.(text)
    if (reply) connection.send(reply)
    else if (wire.refuses(text)) lost(new Error(`refused: ${text.slice(0, 300)}`))
  }

  const listen = (connection: Connection): void => {
    connection.onPiece = undefined
    connection.onText = (bytes, start, end) => {
      const count = eachMessage(bytes, start, end, prefix)
      if (count === 0) other(connection, bytes, start, end)
      counts.delivered += count
    }
  }

  const watch = (connection: Connection, seen?: (number: number) => void): void => {
    const numberAt = numberReader()
    connection.onText = (bytes, start, end) => {
      const timed = mode.timing && ++frames % mode.oneIn === 0
      const count = eachMessage(bytes, start, end, prefix, (at) => {
        const number = numberAt(bytes, at)
        if (timed) deliveries.add(performance.now() - (sentAt[number % ring] as number))
        seen?.(number)
      })
      if (count === 0) other(connection, bytes, start, end)
      counts.delivered += count
    }
  }

  const post = (speaker: number): Buffer => {
    const number = ++counts.sent
    sentAt[number % ring] = performance.now()
    speakerOf[number % ring] = speaker
    return message(number)
  }

  const speak = (connection: Connection, speaker: number): void => {
    let owed = 0
    watch(connection, (number) => {
      if (speakerOf[number % ring] !== speaker) return
      speakerOf[number % ring] = -1
      counts.answered++
      owed++
      if (mode.timing) answers.add(performance.now() - (sentAt[number % ring] as number))
    })
    connection.onPiece = () => {
      if (owed > 0 && mode.going) connection.send(Buffer.concat(Array.from({ length: owed }, () => post(speaker))))
      owed = 0
    }
  }

  return { counts, answers, deliveries, mode, post, listen, watch, speak, lost }
}
