import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach } from 'vitest'
import { WebSocket } from 'ws'
import { emulatedClock } from '../clock.ts'
import { type Faults, noFaults } from '../faults.ts'
import { type SocketRoute, socketGateway } from '../socket-gateway.ts'

type Invoke = (id: string, event: Event) => Promise<unknown>
export interface Event {
  readonly headers?: Record<string, string>
  readonly queryStringParameters?: Record<string, string>
  readonly requestContext: { readonly connectionId: string; readonly routeKey: string; readonly authorizer?: object }
  readonly body?: string
}

const allowed = { policyDocument: { Statement: [{ Effect: 'Allow' }] }, context: { user: 'ada' } }
const route = (name: string, more: Partial<SocketRoute> = {}): SocketRoute => ({
  function: name,
  answers: true,
  ...more,
})
export const routes = {
  $connect: route('connect'),
  $disconnect: route('disconnect'),
  $default: route('message'),
  say: route('message', {
    model: {
      $schema: 'http://json-schema.org/draft-04/schema#',
      type: 'object',
      properties: { action: { type: 'string', enum: ['say'] }, text: { type: 'string' } },
      required: ['action', 'text'],
      additionalProperties: false,
    },
  }),
  quiet: { function: 'message', answers: false },
}

const closings: (() => void)[] = []
afterEach(() => {
  for (const close of closings.splice(0)) close()
})

/** A gateway whose functions are these; by default all is let in, and each frame is answered by its own text. */
export const started = async (
  own: Record<string, Invoke> = {},
  more: { faults?: Faults; routes?: typeof routes } = {},
) => {
  const clock = emulatedClock()
  const events: [string, Event][] = []
  const functions: Record<string, Invoke> = {
    authorizer: async () => allowed,
    connect: async () => ({ statusCode: 200 }),
    disconnect: async () => ({ statusCode: 200 }),
    message: async (_, { body }) => ({ statusCode: 200, body }),
    ...own,
  }
  const gateway = socketGateway({
    api: 'api',
    stage: 'ws',
    authorizer: 'authorizer',
    routes: more.routes ?? routes,
    clock,
    faults: () => more.faults ?? noFaults,
    invoke: async (id, event) => {
      events.push([id, event as Event])
      return functions[id]?.(id, event as Event)
    },
  })
  const server = createServer()
  server.on('upgrade', (request, socket, head) => gateway.upgrade(request, socket, head, { cookie: 'none' }))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  closings.push(() => {
    gateway.stop()
    server.close()
  })
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/ws`
  const open = async (query = '') => {
    const ws = new WebSocket(url + query)
    const heard: string[] = []
    const waiting: ((text: string) => void)[] = []
    ws.on('message', (data) => {
      const next = waiting.shift()
      if (next) next(data.toString())
      else heard.push(data.toString())
    })
    const closed = new Promise<number>((resolve) => ws.on('close', resolve))
    await new Promise<void>((resolve, reject) => {
      ws.on('open', () => resolve())
      ws.on('unexpected-response', (_request, response) => {
        reject(Object.assign(new Error('refused'), { status: response.statusCode }))
        ws.terminate()
      })
      ws.on('error', () => {})
    })
    const hear = async (): Promise<string> => heard.shift() ?? new Promise((resolve) => waiting.push(resolve))
    return { ws, closed, hear }
  }
  const idOf = (index = 0): string =>
    events.filter(([name]) => name === 'connect')[index]?.[1].requestContext.connectionId ?? ''
  return { gateway, clock, events, open, idOf }
}
