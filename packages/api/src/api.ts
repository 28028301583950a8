import { type Log, refuse } from '@parley/core'
import { asyncApi, type EndpointName, endpoints, openApi } from '@parley/protocol'
import { Hono, type MiddlewareHandler } from 'hono'
import { type Admission, wrongHost } from './admission.ts'
import type { Handlers } from './call.ts'
import { type HandlerOptions, handlers } from './handlers.ts'
import { refused, safeHeaders } from './reply.ts'
import { factsOf, type ServeOptions, serve } from './serve.ts'

/** What a host gives the API: the engine, who may talk to it, and what is its own to say. */
export interface ApiOptions extends HandlerOptions, ServeOptions {
  readonly admission: Admission
  readonly log: Log
  /** The counters for `/metrics`; without them there is no such end point. */
  metrics?(): Promise<{ readonly contentType: string; readonly body: string }>
}

/** Not those that only look, nor the question whether one may change something, which nobody here says yes to. */
const isChanging = (method: string): boolean => !['GET', 'HEAD', 'OPTIONS'].includes(method)

const safe = Object.entries(safeHeaders)

/** Puts the safe headers on every answer, and turns away who asks under a wrong name or from a strange page. */
const gate =
  ({ hostAllowed, originAllowed }: Admission): MiddlewareHandler =>
  async (c, next) => {
    for (const [name, value] of safe) c.header(name, value)
    if (!hostAllowed(factsOf(c).host)) {
      return refused(c, wrongHost, 421)
    }
    if (isChanging(c.req.method) && !originAllowed(c.req.header('origin'))) {
      return refused(c, refuse('forbidden', 'Pages from elsewhere may not change anything here.'))
    }
    return next()
  }

const once = <T>(make: () => T): (() => T) => {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}

/** What end points are not in the table: descriptions of the wire, and what other pages and the operator ask for. */
const addDescriptions = (app: Hono, { version, admission, guests, metrics }: ApiOptions): void => {
  const openapi = once(() => openApi({ version }))
  const asyncapi = once(() => asyncApi({ version }))
  app.get('/api/openapi.json', (c) => c.json(openapi()))
  app.get('/api/asyncapi.json', (c) => c.json(asyncapi()))
  app.get('/config.json', (c) => {
    const facts = factsOf(c)
    const origin = admission.publicOrigin(facts.host ?? '', new URL(c.req.url).protocol)
    return c.json({
      api: `${origin}/api`,
      socket: `${origin.replace(/^http/, 'ws')}/ws`,
      version,
      guests: guests(facts),
    })
  })
  if (metrics) {
    app.get('/metrics', async (c) => {
      const { contentType, body } = await metrics()
      return c.body(body, 200, { 'Content-Type': contentType })
    })
  }
}

/** Adds each end point of the table. */
const addEndpoints = (app: Hono, options: ApiOptions): void => {
  const table: Handlers = handlers(options)
  const add = <N extends EndpointName>(name: N): void => {
    const [method = '', path = ''] = name.split(' ')
    app.on(method, path.replace(/\{(\w+)\}/g, ':$1'), serve(name, table[name], options))
  }
  for (const name of Object.keys(endpoints) as EndpointName[]) add(name)
}

/** Answers known paths with a wrong method. Comes after all that has the right one. */
const addWrongMethods = (app: Hono): void => {
  const methods = new Map<string, Set<string>>()
  for (const { method, path } of app.routes) {
    if (method === 'ALL') continue
    // Two end points of one path may have other names for what stands in it.
    const place = path.replace(/:\w+/g, ':id')
    const known = methods.get(place) ?? new Set()
    methods.set(place, known.add(method))
    if (method === 'GET') known.add('HEAD')
  }
  for (const [path, known] of methods) {
    const allowed = [...known].join(', ')
    app.all(path, (c) => {
      c.header('Allow', allowed)
      return refused(c, refuse('bad_request', `This end point takes ${allowed}.`), 405)
    })
  }
}

/**
 * The HTTP API, the same on every runtime. The host passes requests to its `fetch`; routes that the host adds to it
 * afterwards (`/`) are behind the same gate. Every request to a path that nobody has is 404.
 */
export const api = (options: ApiOptions): Hono => {
  const app = new Hono()
  app.use(gate(options.admission))
  addEndpoints(app, options)
  addDescriptions(app, options)
  addWrongMethods(app)
  app.notFound((c) => refused(c, refuse('not_found', 'There is nothing at this address.')))
  app.onError((error, c) => {
    // The path as it was asked for may hold the secret of a webhook.
    const path = c.req.path.replace(/^(\/api\/hooks\/).+$/, '$1...')
    options.log.error({ err: error, method: c.req.method, path }, 'request failed')
    return refused(c, refuse('internal', 'Something went wrong on the server.'))
  })
  return app
}
