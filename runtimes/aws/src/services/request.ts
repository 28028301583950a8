import { createHash, createHmac } from 'node:crypto'
import type { RequestOptions } from 'node:http'
import { Agent, request as ask } from 'node:https'
import { SignatureV4 } from '@smithy/signature-v4'

type Data = string | ArrayBuffer | ArrayBufferView
const bytesOf = (data: Data): string | Uint8Array => {
  if (typeof data === 'string') return data
  return ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data)
}

/** SHA-256 as the signer asks for it. */
class Sha256 {
  readonly #key: string | Uint8Array | undefined
  #hash
  constructor(key?: Data) {
    this.#key = key === undefined ? undefined : bytesOf(key)
    this.#hash = this.#begin()
  }
  #begin() {
    return this.#key === undefined ? createHash('sha256') : createHmac('sha256', this.#key)
  }
  update(data: Data): void {
    this.#hash.update(bytesOf(data))
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest()
  }
  reset(): void {
    this.#hash = this.#begin()
  }
}

export interface Asked {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** The whole address, its path encoded. */
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export interface Answered {
  readonly status: number
  readonly text: string
}

/** Asks a service of AWS. Rejects when nothing answers; every status is an answer. */
export type Request = (asked: Asked) => Promise<Answered>

/** Longer than any of them takes, shorter than a gateway waits for the function that asks. */
const patienceMs = 10_000

interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/** The credentials of the function's role, as its environment has them. */
export const environmentCredentials = (
  environment: Readonly<Record<string, string | undefined>>,
): (() => Promise<Credentials>) => {
  const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = environment
  const { AWS_SESSION_TOKEN: sessionToken } = environment
  return async () => ({ accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) })
}

const agent = new Agent({ keepAlive: true })
const secure = { ask, agent }
/** Only what stands in for AWS is asked without TLS. The module takes long to load, since it brings `fetch` with it. */
const openPlain = async () => {
  const { Agent, request: ask } = await import('node:http')
  return { ask, agent: new Agent({ keepAlive: true }) }
}
let plain: ReturnType<typeof openPlain> | undefined

/**
 * Sends a request, and waits for all of the answer. `fetch` would do the same, but takes longer to load than DynamoDB's
 * client. A socket that was kept may have been closed meanwhile, while the function was frozen: then once more.
 */
const send = async (url: URL, options: RequestOptions, body?: string, again = true): Promise<Answered> => {
  if (url.protocol === 'http:') plain ??= openPlain()
  const { ask, agent } = url.protocol === 'http:' && plain ? await plain : secure
  return new Promise((resolve, reject) => {
    const sent = ask(url, { ...options, agent, signal: AbortSignal.timeout(patienceMs) }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }))
    })
    sent.on('error', (error: NodeJS.ErrnoException) => {
      if (again && sent.reusedSocket && error.code === 'ECONNRESET') resolve(send(url, options, body, false))
      else reject(error)
    })
    sent.end(body)
  })
}

/**
 * Asks one service by signed requests. The clients of the SDK cost several times the processor time of a post, and some
 * milliseconds of each cold start.
 */
export const signedRequest = (service: string, region: string, credentials: () => Promise<Credentials>): Request => {
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256 as never, uriEscapePath: true })
  return async ({ method, url, headers = {}, body }) => {
    const target = new URL(url)
    const { host, hostname, protocol, port, pathname, searchParams } = target
    const signed = await signer.sign({
      method,
      protocol,
      hostname,
      ...(port && { port: Number(port) }),
      path: pathname,
      query: Object.fromEntries(searchParams),
      headers: { ...headers, host },
      ...(body !== undefined && { body }),
    })
    return send(target, { method, headers: signed.headers }, body)
  }
}

/** Where a service is: as the environment says by the names that all tools of AWS know, or where it is for everybody. */
export const endpointOf = (
  service: string,
  region: string,
  environment: Readonly<Record<string, string | undefined>>,
): string => {
  const given = environment[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ?? environment.AWS_ENDPOINT_URL
  return given ?? `https://${service}.${region}.amazonaws.com`
}
