import { createBot, machineTimers } from '@parley/bot'
import {
  argon2Passwords,
  type Chat,
  chat,
  type Dialect,
  defaultSettings,
  joseTokens,
  type Log,
  type Ports,
  parleyDialect,
  tokenBuckets,
} from '@parley/core'
import { dialectsOf, openSystems, type Systems } from '@parley/dialects'
import { risingId } from '@parley/protocol'
import { type PrometheusMetrics, pinoLog, prometheusMetrics, randomIds, systemClock } from './environment.ts'
import { type JobQueue, jobQueue } from './jobs/job-queue.ts'
import type { Settings } from './settings.ts'
import { signingKey } from './signing-key.ts'
import { type LastWord, type WsSockets, wsSockets } from './sockets/ws-sockets.ts'
import { openStorage, type Storage } from './storage.ts'

/** The engine on the adapters of one machine, without a door to the network. */
export interface Engine {
  readonly chat: Chat
  readonly storage: Storage
  readonly sockets: WsSockets
  /** The other chat systems whose clients are served. */
  readonly systems: Systems
  readonly lastWord: LastWord
  /** What bots are to do; nobody does it before it is started. */
  readonly jobs: JobQueue
  readonly metrics: PrometheusMetrics
  readonly log: Log
  close(): Promise<void>
}

/**
 * Opens the data folder and plugs the adapters in.
 * @param makeChat how the engine is made of its ports; for tests of the engine's laws
 */
export const openEngine = async (settings: Settings, makeChat: (ports: Ports) => Chat = chat): Promise<Engine> => {
  const log = pinoLog(settings.logLevel)
  const clock = systemClock
  const storage = await openStorage(settings.data, { log, clock })
  try {
    return plug(settings, makeChat, storage, log)
  } catch (error) {
    await storage.close()
    throw error
  }
}

const plug = (settings: Settings, makeChat: (ports: Ports) => Chat, storage: Storage, log: Log): Engine => {
  const clock = systemClock
  const { catalogue } = settings
  const key = settings.key ? new TextEncoder().encode(settings.key) : signingKey(settings.data)
  const systems = settings.compat ? openSystems({ newId: risingId, now: clock.now, key }) : {}
  const all: readonly Dialect[] = [parleyDialect, ...dialectsOf(systems)]
  const dialects = Object.fromEntries(all.map((dialect) => [dialect.name, dialect]))
  const lastWord: LastWord = (ending, dialect) => dialects[dialect]?.encodeEvent(ending)
  const sockets = wsSockets(lastWord)
  const metrics = prometheusMetrics()
  const jobs = jobQueue({
    kept: storage.jobs,
    work: (job, signal) => bot.work(job, signal),
    timers: machineTimers,
    log,
  })
  const engine: Chat = makeChat({
    store: storage.store,
    connections: storage.connections,
    sockets,
    publisher: {
      publish: async (deliveries) => {
        for (const delivery of deliveries) await engine.deliver(delivery)
      },
    },
    jobs,
    ledger: storage.ledger,
    models: catalogue,
    limits: tokenBuckets(settings.framesPerSecond, clock),
    dialects,
    passwords: argon2Passwords(),
    tokens: joseTokens(key),
    clock,
    ids: randomIds,
    log,
    metrics,
    settings: { ...defaultSettings, budget: settings.budget },
  })
  const bot = createBot({
    chat: engine,
    catalogue,
    timers: machineTimers,
    log,
    framesPerSecond: settings.deltasPerSecond,
  })
  return { chat: engine, storage, sockets, systems, lastWord, jobs, metrics, log, close: storage.close }
}
