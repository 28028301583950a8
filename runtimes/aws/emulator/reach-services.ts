/**
 * What functions ask services of AWS over HTTPS goes to another thread as messages: sockets, even those of loopback, took
 * a third of all the time that the emulator took. Whatever else is asked goes its usual way.
 */
import { EventEmitter } from 'node:events'
import type { IncomingMessage, RequestOptions } from 'node:http'
import https from 'node:https'
import { syncBuiltinESMExports } from 'node:module'
import { Readable } from 'node:stream'
import { urlToHttpOptions } from 'node:url'
import { isServiceHost } from './addresses.ts'
import type { ServiceAnswer, ServiceRequest } from './services.ts'

/** A request on its way to the services; `id` is its thread's own. */
export interface Asking {
  readonly id: number
  readonly request: ServiceRequest
}

/** What came of it; without an answer, the connection was cut. */
export interface AskingAnswered {
  readonly id: number
  readonly answer: ServiceAnswer | undefined
}

type Heard = (response: IncomingMessage) => void
interface Options extends RequestOptions {
  readonly headers?: Readonly<Record<string, string>>
}

const responseOf = ({ status, headers, text }: ServiceAnswer): IncomingMessage => {
  const body = new Readable({ read: () => {} })
  body.push(text)
  body.push(null)
  return Object.assign(body, { statusCode: status, headers }) as unknown as IncomingMessage
}

/**
 * Puts itself in the way of `https` and `fetch` of this thread.
 * @returns what must be told of each answer
 */
export const reachServices = (tell: (asking: Asking) => void): ((answered: AskingAnswered) => void) => {
  const open = new Map<number, (answer: ServiceAnswer | undefined) => void>()
  let asked = 0
  const ask = (request: ServiceRequest, answered: (answer: ServiceAnswer | undefined) => void): (() => void) => {
    asked += 1
    const id = asked
    open.set(id, answered)
    tell({ id, request })
    return () => open.delete(id)
  }

  /** Enough of an outgoing request for the AWS SDK, and for what signs its requests itself. */
  const outgoing = ({ method = 'GET', headers = {}, ...options }: Options, heard?: Heard) => {
    const events = new EventEmitter()
    const host = String(options.host ?? options.hostname)
    const path = options.path ?? '/'
    let callOff: (() => void) | undefined
    const abort = (): void => destroy(options.signal?.reason as Error)
    const end = (body: string | Uint8Array = ''): void => {
      const text = typeof body === 'string' ? body : Buffer.from(body).toString()
      callOff = ask({ host, method, path, headers, body: text }, (answer) => {
        options.signal?.removeEventListener('abort', abort)
        if (answer === undefined) return destroy(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }))
        const response = responseOf(answer)
        heard?.(response)
        events.emit('response', response)
        events.emit('close')
      })
    }
    const destroy = (error?: Error): void => {
      callOff?.()
      if (error) events.emit('error', error)
      events.emit('close')
    }
    options.signal?.addEventListener('abort', abort, { once: true })
    return Object.assign(events, { reusedSocket: false, end, destroy })
  }

  const realRequest = https.request as (...given: unknown[]) => unknown
  const request = (...given: unknown[]): unknown => {
    const [first, second, third] = given
    const [options, heard] =
      first instanceof URL
        ? [{ ...urlToHttpOptions(first), ...(second as Options) }, third]
        : [first as Options, second]
    const isOurs = isServiceHost(String(options.host ?? options.hostname))
    return isOurs ? outgoing(options as Options, heard as Heard) : realRequest(...given)
  }
  https.request = request as typeof https.request
  syncBuiltinESMExports()

  const realFetch = globalThis.fetch
  globalThis.fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    if (!isServiceHost(url.hostname)) return realFetch(input, init)
    const { hostname: host, pathname: path } = url
    return new Promise((resolve, reject) => {
      ask({ host, method: init?.method ?? 'GET', path, headers: {}, body: String(init?.body ?? '') }, (answer) => {
        if (answer) resolve(new Response(answer.text, { status: answer.status }))
        else reject(new TypeError('fetch failed'))
      })
    })
  }

  return ({ id, answer }) => {
    const answered = open.get(id)
    open.delete(id)
    answered?.(answer)
  }
}
