import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { runInNewContext } from 'node:vm'
import { refuseUpgrade, type SocketGateway } from './socket-gateway.ts'

/** What CloudFront asks for a path: the page's bucket, the HTTP API, or a WebSocket API, by the API's id. */
export interface Behavior {
  /** `/api/*` and the like; undefined for all that no other takes. */
  readonly pattern: string | undefined
  readonly origin: { readonly kind: 'page' } | { readonly kind: 'api'; readonly id: string }
  /** Headers that are added on the way. */
  readonly headers: Readonly<Record<string, string>>
  /** The code of its function at the viewer's request. */
  readonly edge: string | undefined
}

export interface FrontOptions {
  readonly port: number
  readonly behaviors: readonly Behavior[]
  readonly page: string
  readonly http: {
    readonly id: string
    serve(request: IncomingMessage, response: ServerResponse, headers: Readonly<Record<string, string>>): Promise<void>
  }
  readonly sockets: ReadonlyMap<string, SocketGateway>
}

export interface Front {
  readonly url: string
  stop(): void
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}

const loopback = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i
const edgeAddress = '130.176.0.1'

const matches = (pattern: string | undefined, path: string): boolean => {
  if (pattern === undefined) return true
  const text = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${text}$`).test(path)
}

interface EdgeRequest {
  readonly uri: string
  readonly headers: Readonly<Record<string, { readonly value: string }>>
}

const runEdge = (code: string, uri: string): EdgeRequest =>
  runInNewContext(`${code}\nhandler(event)`, { event: { request: { uri, headers: {} } } }) as EdgeRequest

/**
 * CloudFront: chooses the origin by the path, runs what runs at the edge, asks the origin by its own host with the secret
 * header. On one machine its names are those of loopback; it answers for no others.
 */
export const serveFront = async (options: FrontOptions): Promise<Front> => {
  const { behaviors, page, http, sockets } = options

  const routed = (request: IncomingMessage) => {
    const raw = request.url ?? '/'
    const [path = '/', ...query] = raw.split('?')
    const behavior = behaviors.find(({ pattern }) => matches(pattern, path))
    const edge = behavior?.edge ? runEdge(behavior.edge, path) : undefined
    if (edge) request.url = [edge.uri, ...query].join('?')
    const own = Object.entries(edge?.headers ?? {}).map(([name, { value }]) => [name, value] as const)
    const told = Object.entries(request.headers).map(([name, value]) => [name, String(value)] as const)
    const viewer = request.socket.remoteAddress ?? ''
    const forwarded = [request.headers['x-forwarded-for'], viewer, edgeAddress].filter(Boolean).join(', ')
    return {
      behavior,
      path: edge?.uri ?? path,
      headers: {
        ...Object.fromEntries([...told, ...own]),
        ...behavior?.headers,
        'x-forwarded-for': forwarded,
        'x-forwarded-proto': 'http',
      } as Record<string, string>,
    }
  }

  const servePage = async (request: IncomingMessage, response: ServerResponse, path: string): Promise<void> => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return void response.writeHead(403).end('Forbidden')
    const file = path === '/' ? 'index.html' : normalize(decodeURIComponent(path)).slice(1)
    try {
      const bytes = await readFile(join(page, file))
      response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' })
      response.end(request.method === 'HEAD' ? undefined : bytes)
    } catch {
      response.writeHead(path === '/' ? 200 : 404, { 'content-type': 'text/html' }).end('Nothing is here.')
    }
  }

  const server = createServer(async (request, response) => {
    if (!loopback.test(request.headers.host ?? '')) return void response.writeHead(421).end('Misdirected')
    const { behavior, path, headers } = routed(request)
    try {
      if (behavior?.origin.kind === 'api' && behavior.origin.id === http.id) {
        return await http.serve(request, response, headers)
      }
      await servePage(request, response, path)
    } catch {
      response.writeHead(502).end()
    }
  })
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => {})
    if (!loopback.test(request.headers.host ?? '')) return refuseUpgrade(socket, 421, 'Misdirected')
    const { behavior, headers } = routed(request)
    const gateway = behavior?.origin.kind === 'api' ? sockets.get(behavior.origin.id) : undefined
    if (!gateway) return refuseUpgrade(socket, 404, 'Not Found')
    gateway.upgrade(request, socket, head, headers)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', () => resolve())
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
