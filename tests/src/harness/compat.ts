import type { OutgoingHttpHeaders } from 'node:http'
import { expect } from 'vitest'
import { WebSocket } from 'ws'
import { atEnd } from './at-end.ts'
import { ask, type HttpAnswer } from './http.ts'
import type { Closing } from './inbox.ts'
import { HandshakeRefused } from './raw-client.ts'

/** A client of one of the older systems: it knows nothing but text frames, and looks at them in the order they came. */
export interface OldClient {
  /** Sends a text as it is, anything else as JSON. */
  send(frame: unknown): void
  /** The next frame. Fails when none comes within 15 s, or the connection has ended. */
  heard(): Promise<string>
  /** What came and was not looked at. */
  waiting(): readonly string[]
  readonly closed: Promise<Closing>
  close(): Promise<Closing>
  /** Ends the connection without a word. */
  vanish(): void
}

export interface OldSystem {
  /** @throws {HandshakeRefused} when the upgrade is answered by a status */
  connect(query?: string, headers?: Readonly<Record<string, string>>): Promise<OldClient>
  /** A request as a page from elsewhere sends it. */
  ask(method: string, path: string, body?: unknown, headers?: OutgoingHttpHeaders): Promise<HttpAnswer>
}

const waitMs = 15_000
const page = 'https://old-page.example'

/** A frame of the gateway without what is made by chance. */
export const gateway = (message: string): string => `{"message": "${message}", "connectionId":"…", "requestId":"…"}`
const plain = (text: string): string => text.replace(/("connectionId":|"requestId":)"[^"]+"/g, '$1"…"')

const clientOf = (socket: WebSocket): OldClient => {
  const frames: string[] = []
  const binary: unknown[] = []
  let wake = (): void => {}
  let ended: Closing | undefined
  const closed = new Promise<Closing>((resolve) => {
    socket.on('close', (code, reason) => {
      ended = { code, reason: reason.toString() }
      resolve(ended)
      wake()
    })
  })
  socket.on('error', () => {})
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    if (isBinary) binary.push(data)
    frames.push(plain(data.toString()))
    wake()
  })
  const heard = async (): Promise<string> => {
    const until = AbortSignal.timeout(waitMs)
    while (frames.length === 0) {
      if (ended) throw new Error(`the connection was closed with ${ended.code} ${ended.reason}`)
      if (until.aborted) throw new Error('no frame came in time')
      await new Promise<void>((resolve) => {
        wake = resolve
        until.addEventListener('abort', () => resolve(), { once: true })
      })
    }
    expect(binary).toEqual([])
    return frames.shift() as string
  }
  return {
    send: (frame) => socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
    heard,
    waiting: () => frames,
    closed,
    close: () => {
      socket.close()
      return closed
    },
    vanish: () => socket.terminate(),
  }
}

const open = (address: string, headers: Readonly<Record<string, string>>): Promise<OldClient> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(address, { headers, perMessageDeflate: false, handshakeTimeout: waitMs })
    const client = clientOf(socket)
    socket.on('unexpected-response', (_request, response) => {
      let body = ''
      response.on('data', (chunk: Buffer) => {
        body += chunk
      })
      response.on('end', () => {
        socket.terminate()
        reject(new HandshakeRefused(response.statusCode ?? 0, body))
      })
    })
    socket.on('error', reject)
    socket.on('open', () => resolve(client))
  })

/** One of the systems at a server. */
export const oldSystem = (deployment: { readonly url: string }, name: string): OldSystem => {
  const clients: OldClient[] = []
  atEnd(async () => {
    for (const client of clients) client.vanish()
  })
  return {
    connect: async (query = '', headers = {}) => {
      const client = await open(`${deployment.url.replace(/^http/, 'ws')}/compat/${name}${query}`, headers)
      clients.push(client)
      return client
    },
    ask: (method, path, body, headers) =>
      ask(deployment.url, method, `/compat/${name}${path}`, {
        headers: { origin: page, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
  }
}

/** The status that an upgrade is refused with. */
export const refusedWith = (connecting: Promise<unknown>): Promise<number> =>
  connecting.then(
    () => 101,
    (error: unknown) => (error instanceof HandshakeRefused ? error.status : Promise.reject(error)),
  )

/** Asks as a browser does before a request that is not simple, and says what it then may. */
export const preflight = async (system: OldSystem, method: string, path: string, headers: string) => {
  const answer = await system.ask('OPTIONS', path, undefined, {
    'access-control-request-method': method,
    'access-control-request-headers': headers,
    'sec-fetch-mode': 'cors',
  })
  const list = (name: string): readonly string[] =>
    String(answer.headers[name] ?? '')
      .toLowerCase()
      .split(',')
      .map((one) => one.trim())
  return {
    isFine: answer.status >= 200 && answer.status < 300,
    origin: answer.headers['access-control-allow-origin'],
    methods: list('access-control-allow-methods'),
    headers: list('access-control-allow-headers'),
  }
}
