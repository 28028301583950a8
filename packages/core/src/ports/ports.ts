import type { Settings } from '../settings.ts'
import type { Connections } from './connections.ts'
import type { Dialect } from './dialect.ts'
import type { Clock, Ids, Log, Metrics, Passwords, Tokens } from './environment.ts'
import type { Jobs } from './jobs.ts'
import type { Ledger } from './ledger.ts'
import type { Limits } from './limits.ts'
import type { Models } from './models.ts'
import type { Publisher } from './publisher.ts'
import type { Sockets } from './sockets.ts'
import type { Store } from './store.ts'

/** All that the engine stands on. */
export interface Ports {
  readonly store: Store
  readonly connections: Connections
  readonly sockets: Sockets
  readonly publisher: Publisher
  readonly jobs: Jobs
  readonly ledger: Ledger
  readonly models: Models
  readonly limits: Limits
  readonly dialects: Readonly<Record<string, Dialect>>
  readonly passwords: Passwords
  readonly tokens: Tokens
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  readonly metrics: Metrics
  readonly settings: Settings
}
