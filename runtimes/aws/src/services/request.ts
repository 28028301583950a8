import { createHash, createHmac } from 'node:crypto'
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

/**
 * Asks one service by signed requests. The clients of the SDK cost several times the processor time of a post, and some
 * milliseconds of each cold start.
 */
export const signedRequest = (service: string, region: string, credentials: () => Promise<Credentials>): Request => {
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256 as never, uriEscapePath: true })
  return async ({ method, url, headers = {}, body }) => {
    const { host, hostname, protocol, port, pathname, search, searchParams } = new URL(url)
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
    const { host: _, ...sent } = signed.headers
    const response = await fetch(`${protocol}//${host}${pathname}${search}`, {
      method,
      headers: sent,
      ...(body !== undefined && { body }),
      signal: AbortSignal.timeout(patienceMs),
      redirect: 'error',
    })
    return { status: response.status, text: await response.text() }
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
