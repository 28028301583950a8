/**
 * What functions ask services of AWS over HTTPS reaches the emulator past all sockets: even those of loopback took a
 * quarter of its time. Whatever else is asked goes its usual way.
 */
import { EventEmitter } from 'node:events'
import type { IncomingMessage, RequestOptions } from 'node:http'
import https from 'node:https'
import { syncBuiltinESMExports } from 'node:module'
import { Readable } from 'node:stream'
import { urlToHttpOptions } from 'node:url'
import { isServiceHost } from './addresses.ts'
import type { ServiceAnswer, Services } from './services.ts'

type Heard = (response: IncomingMessage) => void
interface Options extends RequestOptions {
  readonly headers?: Readonly<Record<string, string>>
}

const hostOf = ({ host, hostname }: RequestOptions): string => String(host ?? hostname)

const responseOf = ({ status, headers, text }: ServiceAnswer): IncomingMessage => {
  const body = new Readable({ read: () => {} })
  body.push(text)
  body.push(null)
  return Object.assign(body, { statusCode: status, headers }) as unknown as IncomingMessage
}

/** Enough of an outgoing request for the AWS SDK, and for what signs its requests itself. */
const outgoing = (ask: Services, { method = 'GET', headers = {}, ...options }: Options, heard?: Heard) => {
  const events = new EventEmitter()
  let over = false
  const destroy = (error?: Error): void => {
    if (over) return
    over = true
    options.signal?.removeEventListener('abort', abort)
    if (error) events.emit('error', error)
    events.emit('close')
  }
  const abort = (): void => destroy(options.signal?.reason as Error)
  const end = async (body: string | Uint8Array = ''): Promise<void> => {
    const text = typeof body === 'string' ? body : Buffer.from(body).toString()
    const answer = await ask({ host: hostOf(options), method, path: options.path ?? '/', headers, body: text })
    if (over) return
    if (answer === undefined) return destroy(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }))
    const response = responseOf(answer)
    heard?.(response)
    events.emit('response', response)
    destroy()
  }
  options.signal?.addEventListener('abort', abort, { once: true })
  return Object.assign(events, { reusedSocket: false, end, destroy })
}

/** Puts itself in the way of `https` in this thread. */
export const interceptServices = (ask: Services): void => {
  const realRequest = https.request as (...given: unknown[]) => unknown
  const request = (...given: unknown[]): unknown => {
    const [first, second, third] = given
    const [options, heard] =
      first instanceof URL
        ? [{ ...urlToHttpOptions(first), ...(second as Options) }, third]
        : [first as Options, second]
    return isServiceHost(hostOf(options)) ? outgoing(ask, options as Options, heard as Heard) : realRequest(...given)
  }
  https.request = request as typeof https.request
  syncBuiltinESMExports()
}

/** A `fetch` that asks the services so too. */
export const serviceFetch =
  (ask: Services, realFetch: typeof fetch): typeof fetch =>
  async (input, init) => {
    const { hostname: host, pathname: path } = new URL(input instanceof Request ? input.url : input)
    if (!isServiceHost(host)) return realFetch(input, init)
    const answer = await ask({ host, method: init?.method ?? 'GET', path, headers: {}, body: String(init?.body ?? '') })
    if (answer === undefined) throw new TypeError('fetch failed')
    return new Response(answer.text, { status: answer.status })
  }
