import { type Dialect, type Log, refuse } from '@parley/core'
import { limits } from '@parley/protocol'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { cors } from 'hono/cors'
import { broadcast } from './broadcast.ts'
import { cloudWeek } from './cloud-week.ts'
import { refusedJson } from './http.ts'
import { lambdasharp } from './lambdasharp.ts'
import { prompt } from './prompt.ts'
import { rooms } from './rooms.ts'
import type { Caller, Reach, Routes, System, Tools } from './system.ts'

/** The systems by the names that their addresses have: `/compat/NAME`. */
export type Systems = Readonly<Record<string, System>>

/** All systems whose clients are understood. */
export const openSystems = (tools: Tools): Systems => ({
  prompt: prompt(tools),
  broadcast: broadcast(tools),
  'cloud-week': cloudWeek(tools),
  rooms: rooms(tools),
  lambdasharp: lambdasharp(tools),
})

/** How their clients speak, for the engine. */
export const dialectsOf = (systems: Systems): readonly Dialect[] => Object.values(systems).map(({ dialect }) => dialect)

/** The system whose sockets are at a path; one slash more at its end does no harm. */
export const systemAt = (systems: Systems, path: string): System | undefined => {
  const name = /^\/compat\/([a-z-]+)\/?$/.exec(path)?.[1]
  return name !== undefined && Object.hasOwn(systems, name) ? systems[name] : undefined
}

const tooLarge = refuse('too_large', 'This body is larger than 64 KiB.')

/**
 * What the clients ask over HTTP, under `/compat`, from any page.
 * @param callerOf what a request's host says of who asks
 */
export const compatRoutes = (
  systems: Systems,
  { log, ...reach }: Reach & { readonly log: Log },
  callerOf: (c: Context) => Caller,
): Hono => {
  const app = new Hono()
  const allowHeaders = ['content-type', 'access-control-allow-origin']
  app.use('/compat/*', cors({ origin: '*', allowMethods: ['GET', 'POST', 'PUT'], allowHeaders, maxAge: 600 }))
  app.use('/compat/*', bodyLimit({ maxSize: limits.bodyBytes, onError: (c) => refusedJson(c, tooLarge) }))
  for (const [name, system] of Object.entries(systems)) {
    const routes: Routes = new Hono()
    routes.use(async (c, next) => {
      const { nobody, socket } = callerOf(c)
      c.set('nobody', nobody)
      c.set('socket', socket)
      await next()
    })
    system.addRoutes?.(routes, reach)
    app.route(`/compat/${name}`, routes)
  }
  app.onError((error, c) => {
    log.error({ err: error, method: c.req.method, path: c.req.path }, 'request failed')
    return refusedJson(c, refuse('internal', 'Something went wrong on the server.'))
  })
  app.notFound((c) => refusedJson(c, refuse('not_found', 'There is nothing at this address.')))
  return app
}
