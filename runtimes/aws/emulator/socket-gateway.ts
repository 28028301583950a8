import { randomBytes, randomUUID } from 'node:crypto'
import { type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { z } from 'zod'
import { account, region } from './addresses.ts'
import type { EmulatedClock } from './clock.ts'
import type { Faults } from './faults.ts'
import { watchFrames } from './frame-watch.ts'
import type { Managed } from './services.ts'

/** A route, as the template has it. */
export interface SocketRoute {
  readonly function: string
  /** Whether what the function answers goes to the connection. */
  readonly answers: boolean
  /** The schema that its frames must have. */
  readonly model?: unknown
}

export interface SocketGatewayOptions {
  readonly api: string
  readonly stage: string
  readonly authorizer: string
  readonly routes: Readonly<Record<string, SocketRoute>>
  readonly clock: EmulatedClock
  readonly faults: () => Faults
  readonly invoke: (id: string, event: unknown) => Promise<unknown>
}

/** A WebSocket API, with the behaviour that is documented of API Gateway. */
export interface SocketGateway {
  readonly api: string
  /** Takes an upgrade; `headers` are those that CloudFront has passed on. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, headers: Readonly<Record<string, string>>): void
  manage(connection: string, frame: string | undefined): Managed
  stop(): void
}

const frameMax = 32 * 1024
const messageMax = 128 * 1024
const idleMs = 10 * 60_000
const lifeMs = 2 * 3_600_000
const integrationMs = 29_000

interface Peer {
  readonly id: string
  readonly ws: WebSocket
  readonly context: object
  callOffIdle: () => void
}

/** Answers an upgrade with a status instead of a socket. */
export const refuseUpgrade = (socket: Duplex, status: number, message: string): void => {
  const body = JSON.stringify({ message, connectionId: '', requestId: randomUUID() })
  socket.once('finish', () => socket.destroy())
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  )
}

const within = <T>(work: Promise<T>, ms: number): Promise<T> => {
  let timer: NodeJS.Timeout
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('Endpoint request timed out')), ms)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

interface Policy {
  readonly policyDocument: { readonly Statement: readonly { readonly Effect: string }[] }
  readonly context?: object
}
interface Answer {
  readonly statusCode?: number
  readonly body?: string
}

export const socketGateway = (options: SocketGatewayOptions): SocketGateway => {
  const { api, stage, routes, clock, faults, invoke } = options
  const limitMs = (): number => Math.min(integrationMs, faults().limitMs())
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: messageMax })
  const peers = new Map<string, Peer>()
  const models = new Map(
    Object.entries(routes).flatMap(([key, { model }]) =>
      model ? [[key, z.fromJSONSchema(model as Parameters<typeof z.fromJSONSchema>[0])] as const] : [],
    ),
  )

  const requestContext = (id: string, routeKey: string, eventType: string, more: object = {}): object => ({
    routeKey,
    eventType,
    connectionId: id,
    apiId: api,
    stage,
    domainName: `${api}.execute-api.${region}.amazonaws.com`,
    requestId: randomUUID(),
    requestTimeEpoch: clock.now(),
    ...more,
  })

  const refuse = (peer: Peer, message: string): void =>
    peer.ws.send(JSON.stringify({ message, connectionId: peer.id, requestId: randomUUID() }))

  const routeOf = (text: string): { readonly key: string; readonly body: unknown } => {
    try {
      const body: unknown = JSON.parse(text)
      const action: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'action') : undefined
      const key = typeof action === 'string' && Object.hasOwn(routes, action) ? action : '$default'
      return { key: key.startsWith('$') ? '$default' : key, body }
    } catch {
      return { key: '$default', body: undefined }
    }
  }

  /** Frames of one connection are handled at the same time, each by whichever environment is free. */
  const take = async (peer: Peer, text: string): Promise<void> => {
    const { key, body } = routeOf(text)
    const route = routes[key]
    if (!route) return refuse(peer, 'Forbidden')
    const model = models.get(key)
    if (model && !model.safeParse(body).success) return refuse(peer, 'Invalid request body')
    try {
      const event = {
        requestContext: requestContext(peer.id, key, 'MESSAGE', peer.context),
        isBase64Encoded: false,
        ...(text !== '' && { body: text }),
      }
      const answer = (await within(invoke(route.function, event), limitMs())) as Answer | null
      if (route.answers && answer?.body && peer.ws.readyState === peer.ws.OPEN) peer.ws.send(answer.body)
    } catch {
      if (peer.ws.readyState === peer.ws.OPEN) refuse(peer, 'Internal server error')
    }
  }

  const disconnect = (peer: Peer, code: number): void => {
    const route = routes.$disconnect
    if (!route || faults().dropsDisconnect()) return
    const told = { ...peer.context, disconnectStatusCode: code }
    invoke(route.function, {
      requestContext: requestContext(peer.id, '$disconnect', 'DISCONNECT', told),
      isBase64Encoded: false,
    }).catch(() => {})
  }

  const begin = (id: string, ws: WebSocket, socket: Duplex, context: object): void => {
    const end = (): void => ws.close(1001, 'Going away')
    const peer: Peer = { id, ws, context, callOffIdle: clock.after(idleMs, end) }
    const callOffLife = clock.after(lifeMs, end)
    peers.set(id, peer)
    // Before `ws` sees the bytes.
    socket.prependListener(
      'data',
      watchFrames(frameMax, () => ws.close(1009)),
    )
    ws.on('message', (data, binary) => {
      if (ws.readyState !== ws.OPEN) return
      if (binary) return ws.close(1003)
      peer.callOffIdle()
      peer.callOffIdle = clock.after(idleMs, end)
      void take(peer, data.toString())
    })
    ws.on('error', () => {})
    ws.on('close', (code) => {
      peer.callOffIdle()
      callOffLife()
      peers.delete(id)
      disconnect(peer, code)
    })
  }

  const admit = async (
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    headers: Readonly<Record<string, string>>,
  ): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const id = `${randomBytes(11).toString('base64url')}=`
    const query = Object.fromEntries(url.searchParams)
    const event = (more: object): object => ({
      headers,
      ...(url.search && { queryStringParameters: query }),
      requestContext: requestContext(id, '$connect', 'CONNECT', more),
    })
    let context: object
    try {
      const methodArn = `arn:aws:execute-api:${region}:${account}:${api}/${stage}/$connect`
      const asked = { ...event({}), type: 'REQUEST', methodArn }
      const policy = (await within(invoke(options.authorizer, asked), limitMs())) as Policy
      const denied = policy.policyDocument.Statement.some(({ Effect }) => Effect !== 'Allow')
      if (denied) return refuseUpgrade(socket, 403, 'User is not authorized to access this resource')
      context = { authorizer: policy.context ?? {} }
    } catch (error) {
      const isUnauthorized = error instanceof Error && error.message === 'Unauthorized'
      return refuseUpgrade(
        socket,
        isUnauthorized ? 401 : 500,
        isUnauthorized ? 'Unauthorized' : 'Internal server error',
      )
    }
    const connect = routes.$connect
    if (!connect) return refuseUpgrade(socket, 403, 'Forbidden')
    try {
      const answer = (await within(invoke(connect.function, event(context)), limitMs())) as Answer
      const status = answer?.statusCode ?? 502
      if (status < 200 || status > 299) return refuseUpgrade(socket, status, STATUS_CODES[status] ?? '')
    } catch {
      return refuseUpgrade(socket, 502, 'Internal server error')
    }
    server.handleUpgrade(request, socket, head, (ws) => begin(id, ws, socket, context))
  }

  return {
    api,
    upgrade: (request, socket, head, headers) => {
      socket.on('error', () => {})
      admit(request, socket, head, headers).catch(() => socket.destroy())
    },
    manage: (id, frame) => {
      const peer = peers.get(id)
      if (peer?.ws.readyState !== 1) return 410
      if (frame === undefined) {
        peer.ws.close(1000)
        return 204
      }
      if (Buffer.byteLength(frame) > messageMax) return 413
      peer.ws.send(frame)
      return 200
    },
    stop: () => {
      for (const { ws } of peers.values()) ws.terminate()
    },
  }
}
