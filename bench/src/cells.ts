import type { HostName } from './hosts.ts'

/** One thing to measure, on each of its hosts right after one another. */
export interface Cell {
  readonly members: number
  readonly underWay: number
  /** Messages per second, sent whatever comes back; without it each answer is followed by the next message. */
  readonly perSecond?: number
  readonly hosts: readonly HostName[]
}

const inNode: readonly HostName[] = ['raw ws', 'ws, frame once', 'ws, joined', 'Socket.IO', 'Parley']
const publishers: readonly HostName[] = ['Bun publish', 'NATS core']
const mosquitto: readonly HostName[] = ['Mosquitto, QoS 0', 'Mosquitto, QoS 1']
const everyHost = [...inNode, ...publishers, ...mosquitto]
const slowDisk = 'Parley, slow disk'

/** In the order of their size, as a room only grows during a round. */
export const cells = {
  small: { members: 10, underWay: 10, hosts: ['raw ws', 'Socket.IO', 'Parley'] },
  /** 20,000 deliveries a second. */
  paced: { members: 100, underWay: 1, perSecond: 200, hosts: ['raw ws', 'ws, joined', 'Socket.IO', 'Parley'] },
  '100, 2': { members: 100, underWay: 2, hosts: everyHost },
  '100, 32': { members: 100, underWay: 32, hosts: [...everyHost, slowDisk] },
  '500, 2': { members: 500, underWay: 2, hosts: inNode },
  '500, 32': { members: 500, underWay: 32, hosts: [...inNode, ...publishers] },
  '1000, 2': { members: 1000, underWay: 2, hosts: [...inNode, ...publishers] },
  '1000, 32': { members: 1000, underWay: 32, hosts: [...everyHost, slowDisk] },
} as const satisfies Record<string, Cell>
export type CellName = keyof typeof cells

/** What the short run measures. */
export const quickCells: readonly CellName[] = ['small', 'paced', '100, 2', '100, 32', '1000, 2', '1000, 32']
