import type { EndpointBody, EndpointName, EndpointQuery, EndpointResponse } from '@parley/protocol'
import type { Edges } from './edges.ts'
import { asParleyError, ParleyError, type ParleyErrorCode, timedOut } from './errors.ts'

/** A value as JSON or a query takes it: ids of any kind are strings. */
type Plain<T> = T extends string
  ? string
  : T extends readonly (infer E)[]
    ? readonly Plain<E>[]
    : T extends object
      ? { readonly [K in keyof T]: Plain<T[K]> }
      : T

/** What an end point is asked with. */
export type ApiRequest<N extends EndpointName> = {
  /** For the parts of the path that are in braces. */
  readonly params?: Readonly<Record<string, string>>
  readonly token?: string | undefined
} & (EndpointQuery<N> extends undefined ? object : { readonly query?: Plain<EndpointQuery<N>> }) &
  (EndpointBody<N> extends undefined ? object : { readonly body: Plain<EndpointBody<N>> })

/** Calls an end point of the HTTP API. @throws ParleyError */
export type Api = <N extends EndpointName>(name: N, request: ApiRequest<N>) => Promise<EndpointResponse<N>>

interface Parts {
  readonly params?: Readonly<Record<string, string>>
  readonly token?: string | undefined
  readonly query?: object
  readonly body?: object
}

const deadlineMs = 15_000

const pathOf = (path: string, { params = {}, query = {} }: Parts): string => {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const given = Object.entries(query).filter(([, value]) => value !== undefined)
  const search = new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)])).toString()
  return search ? `${filled}?${search}` : filled
}

/** Codes by the statuses of answers that did not come from the server, but from something before it. */
const codeOf = (status: number): ParleyErrorCode => {
  if (status === 429) return 'rate_limited'
  if (status === 401) return 'unauthorized'
  return status >= 500 ? 'unavailable' : 'network'
}

const failure = (response: Response, body: unknown): ParleyError => {
  const wait = Number(response.headers.get('retry-after') ?? Number.NaN)
  const retry = Number.isFinite(wait) ? wait : response.status >= 500 || response.status === 429 ? 1 : null
  const error = (body as { error?: { code?: ParleyErrorCode; message?: string } } | undefined)?.error
  const code = error?.code ?? codeOf(response.status)
  return new ParleyError(code, error?.message ?? `The server answered ${response.status}.`, retry)
}

/**
 * The HTTP API of a server.
 * @param base its address up to and with `/api`
 */
export const createApi = (base: string, { fetch, clock }: Pick<Edges, 'fetch' | 'clock'>): Api => {
  const call = async (name: string, parts: Parts): Promise<unknown> => {
    const [method = 'GET', path = ''] = name.split(' ')
    const late = new AbortController()
    const callOff = clock.after(deadlineMs, () => late.abort(timedOut()))
    try {
      const response = await fetch(base + pathOf(path, parts).slice('/api'.length), {
        method,
        headers: {
          ...(parts.token !== undefined && { authorization: `Bearer ${parts.token}` }),
          ...(parts.body && { 'content-type': 'application/json' }),
        },
        ...(parts.body && { body: JSON.stringify(parts.body) }),
        signal: late.signal,
      })
      const body = await response.json().catch(() => undefined)
      if (!response.ok) throw failure(response, body)
      return body
    } catch (error) {
      throw asParleyError(error)
    } finally {
      callOff()
    }
  }
  return call as Api
}
