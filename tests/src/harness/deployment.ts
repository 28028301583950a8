import type { ServerRole } from '@parley/protocol'

/** Settings as the environment has them; undefined takes one away. */
export type Settings = Readonly<Record<string, string | undefined>>

/** A server under test: what the suite may do to it besides speaking to it. */
export interface Deployment {
  /** Where it serves, without a slash at the end. Another one after a restart, perhaps. */
  readonly url: string
  /** Makes an account, as whoever runs the server does it. */
  addAccount(name: string, role: Exclude<ServerRole, 'guest'>, password: string): Promise<void>
  /** Asks it to stop, and waits until it has. */
  stop(): Promise<Exit>
  /** Ends it at once, in the midst of whatever it does. */
  kill(): Promise<void>
  /** Starts it again on the same data. */
  restart(settings?: Settings): Promise<void>
  /** What it wrote before it ended without being asked to; undefined when it has not. */
  crashed(): Promise<string | undefined>
  /** Ends it, and takes away what it has kept. */
  dispose(): Promise<void>
}

/** How a server ended, and how long it took to. */
export interface Exit {
  readonly code: number | null
  readonly signal: string | null
  readonly ms: number
}
