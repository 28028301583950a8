import type { IncomingMessage, Server } from 'node:http'
import { type AddressInfo, isIP } from 'node:net'
import { getRequestListener, type HttpBindings, RequestError } from '@hono/node-server'
import {
  type Admission,
  admission,
  api,
  clientAddress,
  guestsAllowed,
  type RequestFacts,
  safeHeaders,
} from '@parley/api'
import { type Chat, defaultSettings, isRefusal, type Ports, type Refusal, refuse } from '@parley/core'
import { errorStatus, limits, type MessageId, risingId } from '@parley/protocol'
import type { Context, Hono } from 'hono'
import { serveAdministration } from './administration.ts'
import { type CompatOptions, compatDoor, withCompat } from './compat.ts'
import { type Engine, openEngine } from './engine.ts'
import { systemClock } from './environment.ts'
import { greeting } from './greeting.ts'
import { patientServer } from './patient-server.ts'
import type { Settings } from './settings.ts'
import { type SocketHost, socketHost } from './sockets/socket-host.ts'
import { admitTo, parleyDoor } from './sockets/upgrade.ts'
import { version } from './version.ts'
import { serveWebPage } from './web-page.ts'

/** A server that serves. */
export interface RunningServer {
  /** Where, without a slash at the end. */
  readonly url: string
  /** Where the first owner is made, once; undefined where there is an owner. */
  readonly firstOwner: string | undefined
  /** Says goodbye to all who are connected, stores what is under way, and ends within 5 s. */
  stop(): Promise<void>
}

const { leaseMs, heartbeatMs } = defaultSettings
const stopMs = 4_000
/** How often is looked whether something is due by the clock. */
const wakeMs = 10_000
const loopbackAddresses = ['127.0.0.1', '::1', 'localhost']

/** Whether whoever sends a request may be a guest. */
const guestRule = ({ guests, host }: Settings) => {
  const listensOnLoopback = loopbackAddresses.includes(host)
  return (facts: RequestFacts): boolean => guestsAllowed({ setting: guests, listensOnLoopback, ...facts })
}

/** Where a request comes from, by what this machine and its own proxies have seen. */
const addressIn =
  ({ proxies }: Settings) =>
  ({ socket, headers }: IncomingMessage): string => {
    const forwardedFor = headers['x-forwarded-for']
    const seen = Array.isArray(forwardedFor) ? forwardedFor.join(',') : forwardedFor
    return clientAddress(socket.remoteAddress ?? '', { forwardedFor: seen, proxies })
  }

const compatOf = (settings: Settings, { chat, log, systems }: Engine, rules: Admission): CompatOptions => ({
  systems,
  chat,
  log,
  rules,
  guests: guestRule(settings),
  addressOf: addressIn(settings),
})

const httpApp = (settings: Settings, engine: Engine, rules: Admission): Hono => {
  const { chat, log, storage, metrics } = engine
  const addressOf = (c: Context): string => addressIn(settings)((c.env as HttpBindings).incoming)
  const app = api({
    chat,
    version,
    admission: rules,
    log,
    health: storage.health,
    newMessageId: () => risingId() as MessageId,
    guests: guestRule(settings),
    addressOf,
    metrics: metrics.page,
  })
  serveWebPage(app, greeting(version))
  return settings.compat ? withCompat(app, compatOf(settings, engine, rules)) : app
}

const socketsOf = (settings: Settings, engine: Engine, rules: Admission): SocketHost => {
  const { chat, sockets, log, storage, lastWord } = engine
  const door = parleyDoor(chat, rules)
  const compat = compatOf(settings, engine, rules)
  return socketHost({
    chat,
    sockets,
    admit: admitTo(rules, (path) => (path === '/ws' ? door : compatDoor(compat, path))),
    lastWord,
    alive: (id) => void storage.connections.renew(id, new Date(systemClock.now() + leaseMs).toISOString()),
    isGreeted: async (id) => (await storage.connections.state(id)) !== 'open',
    clock: systemClock,
    log,
    heartbeatMs,
    helloMs: heartbeatMs,
    idleMs: settings.socketIdleMs,
    lifeMs: settings.socketLifeMs,
    socketsPerUser: settings.framesPerSecond === undefined ? Number.POSITIVE_INFINITY : limits.socketsPerUser,
  })
}

/** For requests that the API never sees, because they are none, and for what fails after it. */
const unanswered = (error: unknown): Response => {
  const { refused: code, message } =
    error instanceof RequestError
      ? refuse('bad_request', 'This request cannot be read.')
      : refuse('internal', 'Something went wrong on the server.')
  return Response.json({ error: { code, message } }, { status: errorStatus[code], headers: safeHeaders })
}

/** What must be there for the server to begin. */
const unwrap = async <T>(answer: Promise<T | Refusal>): Promise<T> => {
  const answered = await answer
  if (isRefusal(answered)) throw new Error(answered.message)
  return answered
}

const firstOwnerLink = async (chat: Chat, origin: string): Promise<string | undefined> => {
  const link = await chat.execute({ kind: 'system' }, { action: 'offer-ownership' })
  return isRefusal(link) ? undefined : `${origin}/first-owner#${link.secret}`
}

/** So many may knock at once, when all come back after a restart; the system may hold fewer. */
const waitingSockets = 4096

const listen = (server: Server, { host, port }: Settings): Promise<AddressInfo> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host, backlog: waitingSockets }, () => resolve(server.address() as AddressInfo))
  })

const serve = async (settings: Settings, engine: Engine): Promise<RunningServer> => {
  const rules = admission(settings.origins)
  const sockets = socketsOf(settings, engine, rules)
  engine.metrics.gauge('parley_connections', 'Open sockets', sockets.open)
  const { fetch } = httpApp(settings, engine, rules)
  const server = patientServer(getRequestListener(fetch, { errorHandler: unanswered }))
  server.on('upgrade', sockets.upgrade)
  await unwrap(engine.chat.execute({ kind: 'system' }, { action: 'add-assistant' }))
  const { address, port } = await listen(server, settings)
  const administration = await serveAdministration(engine.chat, settings.data)
  const wake = (): void => {
    engine.chat.wake().catch((error) => engine.log.error({ err: error }, 'what was due by the clock was not done'))
  }
  const waking = setInterval(wake, wakeMs)
  waking.unref()
  engine.jobs.start()
  const url = `http://${isIP(address) === 6 ? `[${address}]` : address}:${port}`
  return {
    url,
    firstOwner: await firstOwnerLink(engine.chat, settings.origins?.[0] ?? url),
    stop: async () => {
      clearInterval(waking)
      administration.close()
      server.close()
      await Promise.all([engine.jobs.stop(stopMs), sockets.stop(stopMs)])
      server.closeAllConnections()
      await engine.close()
    },
  }
}

/**
 * Runs Parley on one machine.
 * @param makeChat how the engine is made of its ports; for tests of the engine's laws
 */
export const startServer = async (settings: Settings, makeChat?: (ports: Ports) => Chat): Promise<RunningServer> => {
  const engine = await openEngine(settings, makeChat)
  try {
    return await serve(settings, engine)
  } catch (error) {
    await engine.close()
    throw error
  }
}
