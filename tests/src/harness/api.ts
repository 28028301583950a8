import type { OutgoingHttpHeaders } from 'node:http'
import { type EndpointName, type EndpointResponse, ErrorBody, endpoints, errorStatus } from '@parley/protocol'
import { exactly } from './exactly.ts'
import { ask, type HttpAnswer } from './http.ts'

export interface ApiQuestion {
  readonly token?: string | undefined
  /** What stands for `{room}` or `{user}` in the path; a list where there are several. */
  readonly at?: string | readonly string[]
  readonly query?: Readonly<Record<string, string | number>>
  readonly body?: unknown
  readonly headers?: OutgoingHttpHeaders
}

/** A refusal over HTTP, with the status and the headers it came with. */
export interface HttpRefusal extends HttpAnswer {
  readonly code: keyof typeof errorStatus
  readonly message: string
}

export interface Api {
  readonly base: string
  /** The answer as it came. */
  raw(name: EndpointName, question?: ApiQuestion): Promise<HttpAnswer>
  /** The answer of an end point; fails unless it has the status and exactly the shape that the protocol says. */
  call<N extends EndpointName>(name: N, question?: ApiQuestion): Promise<EndpointResponse<N>>
  /** The refusal of an end point; fails unless it is one, with the status of its code. */
  refusal(name: EndpointName, question?: ApiQuestion): Promise<HttpRefusal>
}

/** The code of an error's body; fails unless it has its shape, and `application/json` as its type. */
export const asRefusal = (answer: HttpAnswer, what: string): HttpRefusal => {
  const { error } = exactly(ErrorBody, JSON.parse(answer.text), what)
  if (!answer.headers['content-type']?.startsWith('application/json')) throw new Error(`${what} is not sent as JSON`)
  return { ...answer, ...error }
}

const queryText = (query: ApiQuestion['query']): string => {
  if (!query) return ''
  const words = Object.entries(query).map(([name, value]) => [name, String(value)] as [string, string])
  return `?${new URLSearchParams(words)}`
}

export const apiAt = (base: string): Api => {
  const raw: Api['raw'] = (name, { token, at, query, body, headers } = {}) => {
    const [method = '', path = ''] = name.split(' ')
    const words = [at ?? []].flat()
    const place = path.replace(/\{\w+\}/g, () => words.shift() ?? '') + queryText(query)
    return ask(base, method, place, {
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  }
  return {
    base,
    raw,
    call: async <N extends EndpointName>(name: N, question?: ApiQuestion) => {
      const answer = await raw(name, question)
      const endpoint = endpoints[name]
      if (answer.status !== endpoint.status) throw new Error(`${name}: ${answer.status} ${answer.text}`)
      if (!('response' in endpoint)) {
        if (answer.text !== '') throw new Error(`${name} answered a body: ${answer.text}`)
        return undefined as EndpointResponse<N>
      }
      return exactly(endpoint.response, JSON.parse(answer.text), name) as EndpointResponse<N>
    },
    refusal: async (name, question) => {
      const answer = await raw(name, question)
      if (answer.status < 400) throw new Error(`${name} was not refused: ${answer.status} ${answer.text}`)
      const refusal = asRefusal(answer, name)
      if (answer.status !== errorStatus[refusal.code]) throw new Error(`${name}: ${refusal.code} with ${answer.status}`)
      return refusal
    },
  }
}
