import type { IncomingMessage } from 'node:http'
import type { HttpBindings } from '@hono/node-server'
import { type Admission, admission, factsOf, limitedAs, type RequestFacts, safeHeaders, wrongHost } from '@parley/api'
import { type Chat, isRefusal, type Log } from '@parley/core'
import { compatRoutes, type Nobody, type Systems, systemAt } from '@parley/dialects'
import { type Context, Hono } from 'hono'
import type { Door } from './sockets/upgrade.ts'

export interface CompatOptions {
  readonly systems: Systems
  readonly chat: Chat
  readonly log: Log
  readonly rules: Admission
  guests(facts: RequestFacts): boolean
  /** Where a request comes from, for limits. */
  addressOf(request: IncomingMessage): string
}

const loopback = admission()

const refuseHost = (): Response => {
  const { refused: code, message } = wrongHost
  return Response.json({ error: { code, message } }, { status: 421 })
}

const nobodyAt = ({ guests }: CompatOptions, address: string, facts: RequestFacts): Nobody => ({
  kind: 'nobody',
  address: limitedAs(address),
  mayBeGuest: guests(facts),
})

const headersOf = (request: IncomingMessage): Headers =>
  new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)] as [string, string]))

/** Where the clients of other chat systems open their sockets; their pages may be on the machine itself, too. */
export const compatDoor = (options: CompatOptions, path: string): Door | undefined => {
  const { chat, rules } = options
  const system = systemAt(options.systems, path)
  return (
    system && {
      originAllowed: (origin) => loopback.originAllowed(origin) || rules.originAllowed(origin),
      arrive: async (request, url) => {
        const facts = { host: request.headers.host, headers: headersOf(request) }
        const nobody = nobodyAt(options, options.addressOf(request), facts)
        const arrival = await system.arrive({ chat }, nobody, url.searchParams)
        return isRefusal(arrival) ? arrival : { ...arrival, dialect: system.dialect.name }
      },
    }
  )
}

/** What they ask over HTTP, from any page, but under no wrong name of this server; all else is for `app`. */
export const withCompat = (app: Hono, options: CompatOptions): Hono => {
  const { systems, chat, log, rules } = options
  const addressOf = (c: Context): string => options.addressOf((c.env as HttpBindings).incoming)
  const routes = compatRoutes(systems, { chat, log }, (c) => {
    const facts = factsOf(c)
    const origin = rules.publicOrigin(facts.host ?? '', new URL(c.req.url).protocol)
    return {
      nobody: nobodyAt(options, addressOf(c), facts),
      socket: (name) => `${origin.replace(/^http/, 'ws')}/compat/${name}`,
    }
  })
  const both = new Hono()
  both.all('/compat/*', async (c) => {
    const answer = rules.hostAllowed(factsOf(c).host) ? await routes.fetch(c.req.raw, c.env) : refuseHost()
    for (const [name, value] of Object.entries(safeHeaders)) answer.headers.set(name, value)
    return answer
  })
  both.all('*', (c) => app.fetch(c.req.raw, c.env))
  return both
}
