import type { Server } from 'node:http'

export interface Asked {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

export interface Answered {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

/** Headers of a request that nobody signed. */
export const unsigned = {
  'x-amz-date': 'none',
  authorization: 'AWS4-HMAC-SHA256 Credential=none, SignedHeaders=none, Signature=none',
}

/**
 * Hands a request to a server of this process, past its sockets: those, and signatures, take longer than a server of
 * DynamoDB in memory does. It is as much of a request and a response as dynalite looks at.
 */
export const askPastSockets = (server: Server, { body, ...asked }: Asked): Promise<Answered> =>
  new Promise((resolve) => {
    const listeners = new Map<string, (data?: Buffer) => void>()
    const request = {
      ...asked,
      on: (event: string, listener: (data?: Buffer) => void) => {
        listeners.set(event, listener)
        return request
      },
      removeAllListeners: () => request,
    }
    const headers: Record<string, string> = {}
    const response = {
      statusCode: 200,
      setHeader: (name: string, value: unknown) => {
        headers[name.toLowerCase()] = String(value)
      },
      end: (text: string) => resolve({ status: response.statusCode, headers, text }),
    }
    server.emit('request', request, response)
    listeners.get('data')?.(Buffer.from(body.buffer, body.byteOffset, body.byteLength))
    listeners.get('end')?.()
  })
