import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http'

/** What a server has answered. */
export interface HttpAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

export interface HttpQuestion {
  readonly headers?: OutgoingHttpHeaders
  readonly body?: string | Uint8Array
}

const waitMs = 15_000

/**
 * One request, exactly as it is said: `fetch` would mend paths and keep some headers to itself.
 * @throws {Error} when the connection breaks or nothing comes within 15 s
 */
export const ask = (
  base: string,
  method: string,
  path: string,
  { headers = {}, body }: HttpQuestion = {},
): Promise<HttpAnswer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(base)
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }
    const outgoing = request(
      { host: hostname, port, method, path, headers: { ...length, ...headers }, agent: false, timeout: waitMs },
      async (response) => {
        try {
          const chunks: Buffer[] = []
          for await (const chunk of response) chunks.push(chunk)
          const text = Buffer.concat(chunks).toString()
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text })
        } catch (error) {
          reject(error)
        }
      },
    )
    outgoing.on('timeout', () => outgoing.destroy(new Error(`${method} ${path}: no answer within ${waitMs} ms`)))
    outgoing.on('error', reject)
    outgoing.end(body)
  })
