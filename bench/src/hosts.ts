import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Broker, mosquitto, nats } from './brokers.ts'
import type { WireName } from './load/wires.ts'
import { programFile } from './programs.ts'

/** A server under test, and how it is spoken to. */
export interface Host {
  readonly wire: WireName
  /** The script that serves, or the broker that does. */
  readonly serves: string | Broker
  /** The program that runs the script: Node's when left out. */
  readonly runner?: string
  /** Whether it wants a fresh folder in `PARLEY_DATA`. */
  readonly keepsData?: boolean
  /** Whether its disk is made slower. */
  readonly slowDisk?: boolean
}

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url))

const parley = here('../../runtimes/node/src/main.ts')

export const hosts = {
  'raw ws': { wire: 'plain', serves: here('hosts/raw-ws.ts') },
  'ws, frame once': { wire: 'plain', serves: here('hosts/ws-frame-once.ts') },
  'ws, joined': { wire: 'plain', serves: here('hosts/ws-joined.ts') },
  'Socket.IO': { wire: 'socket.io', serves: here('hosts/socket-io.ts') },
  Parley: { wire: 'parley', serves: parley, keepsData: true },
  'Parley, slow disk': { wire: 'parley', serves: parley, keepsData: true, slowDisk: true },
  'Bun publish': { wire: 'plain', serves: here('hosts/bun-publish.ts'), runner: 'bun' },
  'NATS core': { wire: 'nats', serves: nats },
  'Mosquitto, QoS 0': { wire: 'mqtt 0', serves: mosquitto },
  'Mosquitto, QoS 1': { wire: 'mqtt 1', serves: mosquitto },
} as const satisfies Record<string, Host>
export type HostName = keyof typeof hosts

/** The program to start, or undefined where it is not installed. */
export const programOf = ({ serves, runner }: Host): string | undefined => {
  if (typeof serves !== 'string') return programFile(serves.program)
  return runner ? programFile(runner) : process.execPath
}

/** Why a host cannot be measured here, or undefined. */
export const absence = (name: HostName): string | undefined => {
  const host: Host = hosts[name]
  const { serves, runner, slowDisk } = host
  if (!programOf(host)) {
    return `${name} is left out: ${typeof serves === 'string' ? runner : serves.program} is not installed.`
  }
  if (typeof serves === 'string' && !existsSync(serves)) return `${name} is left out: there is no ${serves}.`
  if (slowDisk && !programFile('gcc')) return `${name} is left out: there is no gcc to make its disk slow with.`
  return undefined
}
