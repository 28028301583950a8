import { ModelFailure, spokenTime } from '../failure.ts'
import type { Timers } from '../timers.ts'

export type Fetch = typeof globalThis.fetch

export interface GuardOptions {
  readonly fetch: Fetch
  readonly timers: Timers
  /** How long not a byte may come while one is waited for. */
  readonly stallMs: number
}

/** A whole answer: thirty thousand units, each in an event of its own, with what a model thinks aloud besides. */
const answerBytes = 32 * 1024 * 1024
/** One event: parsers gather a line until its end, at a cost that grows with its square. */
const lineBytes = 1024 * 1024
/** An error's body: enough to tell its code. */
const errorBytes = 64 * 1024

const newline = 10
const notAModel = "The model's address does not answer like a model. Whoever runs the server should check it."
const elsewhere =
  "The model's address points elsewhere, which is not followed. Whoever runs the server should correct it."

/**
 * A `fetch` for what is not trusted: it follows no redirect, gives up on silence, reads no more than a reply can need,
 * and takes no page for a stream.
 *
 * @throws {ModelFailure} also while the body is read
 */
export const guardedFetch = ({ fetch, timers, stallMs }: GuardOptions): Fetch => {
  return async (input, init) => {
    const silence = new AbortController()
    const signal = init?.signal ? AbortSignal.any([init.signal, silence.signal]) : silence.signal

    const unlessSilent = async <T>(work: () => Promise<T>): Promise<T> => {
      const line = `The model said nothing for ${spokenTime(Math.round(stallMs / 1000))}. Try again.`
      const callOff = timers.after(stallMs, () => silence.abort(new ModelFailure('stalled', { line })))
      try {
        return await work()
      } finally {
        callOff()
      }
    }

    const response = await unlessSilent(() => fetch(input, { ...init, signal, redirect: 'manual' }))
    const detail = `status ${response.status}`
    const refuse = (line: string): ModelFailure => {
      silence.abort()
      return new ModelFailure('bad_answer', { line, detail })
    }
    if (response.status >= 300 && response.status < 400) throw refuse(elsewhere)
    const type = response.headers.get('content-type') ?? ''
    if (response.ok && /^(?:text\/html|application\/json)\b/i.test(type)) throw refuse(notAModel)
    if (!response.body) return response

    const reader = response.body.getReader()
    const isEvents = /^text\/event-stream\b/i.test(type)
    let bytes = 0
    let bytesOfLine = 0
    const body = new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          const { done, value } = await unlessSilent(() => reader.read())
          if (done) return controller.close()
          bytes += value.length
          const lineEnd = value.lastIndexOf(newline)
          bytesOfLine = lineEnd < 0 ? bytesOfLine + value.length : value.length - lineEnd - 1
          if (!response.ok && bytes > errorBytes) {
            silence.abort()
            return controller.close()
          }
          if (bytes > answerBytes || (isEvents && bytesOfLine > lineBytes)) {
            silence.abort()
            throw new ModelFailure('bad_answer', { line: 'The model sent far too much. Try again.', detail })
          }
          controller.enqueue(value)
        },
        cancel: (reason) => reader.cancel(reason),
      },
      { highWaterMark: 0 },
    )
    return new Response(body, { status: response.status, statusText: response.statusText, headers: response.headers })
  }
}
