import type { CellName } from './cells.ts'
import type { HostName } from './hosts.ts'
import type { Measured } from './load/room.ts'
import type { Figures } from './rounds.ts'

/** A ratio of two hosts in one cell. */
export interface Target {
  readonly cell: CellName
  readonly host: HostName
  readonly against: HostName
  readonly figure: keyof typeof figures
  readonly atLeast?: number
  readonly atMost?: number
}

/** What of a measurement is compared. */
export const figures = {
  'deliveries per second': (measured: Measured) => measured.deliveriesPerSecond,
  'messages per second': (measured: Measured) => measured.messagesPerSecond,
  'p99 of delivery': (measured: Measured) => measured.delivery.p99,
} as const

const fanOut = (cell: CellName, against: HostName, atLeast: number): Target => ({
  cell,
  host: 'Parley',
  against,
  figure: 'deliveries per second',
  atLeast,
})

const slowed = (cell: CellName): Target => ({ ...fanOut(cell, 'Parley', 0.75), host: 'Parley, slow disk' })

export const targets: readonly Target[] = [
  fanOut('100, 32', 'ws, joined', 0.55),
  fanOut('500, 32', 'ws, joined', 0.75),
  fanOut('1000, 32', 'ws, joined', 0.85),
  fanOut('100, 2', 'Socket.IO', 0.9),
  fanOut('500, 2', 'Socket.IO', 1.4),
  fanOut('1000, 2', 'Socket.IO', 2),
  fanOut('100, 32', 'Socket.IO', 10),
  fanOut('500, 32', 'Socket.IO', 15),
  fanOut('1000, 32', 'Socket.IO', 18),
  fanOut('100, 32', 'Bun publish', 0.45),
  fanOut('500, 32', 'Bun publish', 0.65),
  fanOut('1000, 32', 'Bun publish', 0.75),
  fanOut('100, 32', 'NATS core', 1),
  fanOut('500, 32', 'NATS core', 1),
  fanOut('1000, 32', 'NATS core', 1),
  { cell: 'paced', host: 'Parley', against: 'raw ws', figure: 'p99 of delivery', atMost: 1.75 },
  { cell: 'small', host: 'Parley', against: 'Socket.IO', figure: 'messages per second', atLeast: 1.1 },
  slowed('1000, 32'),
]

export const median = (numbers: readonly number[]): number => {
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2
}

export interface Verdict {
  readonly target: Target
  /** The ratio of each round. */
  readonly ratios: readonly number[]
  /** Their median; NaN when nothing was measured. */
  readonly ratio: number
  readonly met: boolean
}

/** Compares round with round, then takes the median of the ratios: rounds differ more than servers do. */
export const judge = (target: Target, measured: Figures): Verdict => {
  const of = (host: HostName): readonly number[] =>
    (measured.get(target.cell)?.get(host) ?? []).map(figures[target.figure])
  const own = of(target.host)
  const others = of(target.against)
  const ratios = own.slice(0, others.length).map((figure, round) => figure / (others[round] as number))
  const ratio = median(ratios)
  const met = ratio >= (target.atLeast ?? 0) && ratio <= (target.atMost ?? Number.POSITIVE_INFINITY)
  return { target, ratios, ratio, met }
}
