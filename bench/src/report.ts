import { cpus, totalmem } from 'node:os'
import { type Cell, type CellName, cells } from './cells.ts'
import type { HostName } from './hosts.ts'
import type { IdleCost } from './idle.ts'
import type { Measured } from './load/room.ts'
import type { Overload } from './overload/overload.ts'
import type { Figures } from './rounds.ts'
import { judge, median, type Target, targets } from './targets.ts'

export interface Findings {
  readonly command: string
  readonly minutes: number
  readonly rounds: number
  readonly figures: Figures
  readonly idle: readonly IdleCost[]
  readonly overload: Overload | undefined
  /** What could not be measured, and why: whole sentences. */
  readonly skipped: readonly string[]
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')

const describe = (cell: Cell): string =>
  cell.perSecond
    ? `${cell.members} receivers, ${cell.perSecond * cell.members} deliveries a second`
    : `${cell.members} receivers, ${cell.underWay} under way`

const number = (value: number, digits: number): string => (Number.isNaN(value) ? '-' : value.toFixed(digits))

const hostsOf = (figures: Figures): readonly HostName[] => [
  ...new Set([...figures.values()].flatMap((byHost) => [...byHost.keys()])),
]

const grid = (figures: Figures, of: (measured: Measured) => number, digits: number): string => {
  const columns = [...figures.keys()]
  const rows = hostsOf(figures).map((host) => [
    host,
    ...columns.map((cell) => number(median((figures.get(cell)?.get(host) ?? []).map(of)), digits)),
  ])
  return table(['', ...columns.map((cell: CellName) => describe(cells[cell]))], rows)
}

/** Microseconds of the server's processor for one delivery: what is least disturbed by whoever else uses the machine. */
const processorPerDelivery = ({ shares, deliveriesPerSecond }: Measured): number =>
  shares ? (shares.server * 1e6) / deliveriesPerSecond : Number.NaN

const bound = ({ atLeast, atMost }: Target): string => (atLeast ? `at least ${atLeast}` : `at most ${atMost}`)

const verdicts = (figures: Figures): readonly (readonly string[])[] =>
  targets.map((target) => {
    const { ratios, ratio, met } = judge(target, figures)
    const spread = ratios.length > 0 ? `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}` : '-'
    const verdict = ratios.length === 0 ? 'not measured' : met ? 'met' : 'missed'
    const what = `${target.host} to ${target.against}: ${target.figure}`
    return [what, describe(cells[target.cell]), bound(target), number(ratio, 2), spread, verdict]
  })

const idleTargets = [
  { against: 'raw ws', atMost: 1.5 },
  { against: 'Socket.IO', atMost: 0.7 },
] as const

const idleVerdicts = (idle: readonly IdleCost[]): readonly (readonly string[])[] => {
  const own = idle.find(({ host }) => host === 'Parley')
  return idleTargets.map(({ against, atMost }) => {
    const other = idle.find(({ host }) => host === against)
    const ratio = own && other ? own.held / other.held : Number.NaN
    const verdict = Number.isNaN(ratio) ? 'not measured' : ratio <= atMost ? 'met' : 'missed'
    return [
      `Parley to ${against}: memory held`,
      'idle connections',
      `at most ${atMost}`,
      number(ratio, 2),
      '-',
      verdict,
    ]
  })
}

const disturbance = (figures: Figures): string => {
  const of = (who: 'others' | 'load'): readonly number[] =>
    [...figures.values()].flatMap((byHost) => [...byHost.values()].flat()).map(({ shares }) => shares?.[who] ?? 0)
  const percent = (share: number): string => `${Math.round(share * 100)} %`
  return `Others used ${percent(median(of('others')))} of a core in the middle measurement and ${percent(Math.max(0, ...of('others')))} in the worst; the load generator ${percent(median(of('load')))} and ${percent(Math.max(0, ...of('load')))} of its own.`
}

/** What Parley stands, and what it promises to stand. */
const underLoad = ({ storm, floods, slowReaders }: Overload): string => {
  const ms = (figure: number): string => `${number(figure, 1)} ms`
  const verdict = (isMet: boolean): string => (isMet ? 'met' : 'missed')
  const each = (slowReaders.peak - slowReaders.before) / slowReaders.readers
  return table(
    ['what happens', 'promised', 'measured', 'verdict'],
    [
      [
        `${storm.people} connections are cut at once and all come back at once`,
        'all are greeted within 30 s',
        `${number(storm.seconds, 1)} s, ${storm.refused} refused, 99 of 100 greeted within ${ms(storm.greeting.p99)}`,
        verdict(storm.refused === 0 && storm.seconds <= 30),
      ],
      [
        'two who talk meanwhile: 99 of 100 deliveries',
        'all come, or this bench fails',
        `${ms(storm.stormy.p99)}; ${ms(storm.calm.p99)} before`,
        '-',
      ],
      ...floods.map(({ isLimited, sentPerSecond, refusedShare, calm, flooded, ratio }) => [
        `one client floods their room with ${Math.round(sentPerSecond)} frames a second, ${isLimited ? 'limits as they are' : 'limits lifted'}; ${Math.round(refusedShare * 100)} % are refused`,
        isLimited ? '99 of 100 within 5 times the time' : 'nothing',
        `${ms(flooded.p99)}, ${number(ratio, 2)} times; ${ms(calm.p99)} before`,
        isLimited ? verdict(ratio <= 5) : '-',
      ]),
      [
        `${slowReaders.readers} never read what is sent to them, ${number(slowReaders.said, 0)} MB each`,
        'all are closed, at most 4 MB more for each',
        `${slowReaders.closed} closed, ${number(each, 1)} MB more for each at most (${number(slowReaders.peak, 0)} MB in all, ${number(slowReaders.before, 0)} while they read)`,
        verdict(slowReaders.closed === slowReaders.readers && each <= 4),
      ],
    ],
  )
}

/** Everything that was found, as a page. */
export const report = ({ command, minutes, rounds, figures, idle, overload, skipped }: Findings): string => {
  const processors = cpus()
  return `${[
    `Measured on ${new Date().toISOString().slice(0, 10)} with \`${command}\`, ${rounds} rounds, ${minutes.toFixed(0)} minutes; Node ${process.version} on ${process.platform}, ${processors.length} x ${processors[0]?.model.trim()}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB.`,
    disturbance(figures),
    ...(skipped.length > 0 ? [skipped.join(' ')] : []),
    '## Targets\n\nThe median of the ratios of each round, and their range.',
    table(
      ['ratio', 'in', 'target', 'median', 'rounds', 'verdict'],
      [...verdicts(figures), ...(idle.length > 0 ? idleVerdicts(idle) : [])],
    ),
    '## Thousand deliveries per second\n\nMedians over the rounds.',
    grid(figures, ({ deliveriesPerSecond }) => deliveriesPerSecond / 1000, 0),
    "## Microseconds of the server's processor for one delivery",
    grid(figures, processorPerDelivery, 2),
    '## Milliseconds from sending to delivery, half of all and 99 of 100 under',
    grid(figures, ({ delivery }) => delivery.p50, 1),
    grid(figures, ({ delivery }) => delivery.p99, 1),
    '## Milliseconds from sending to the answer, 99 of 100 under',
    grid(figures, ({ answer }) => answer.p99, 1),
    ...(idle.length > 0
      ? [
          '## Kilobytes of an idle connection',
          table(
            ['', 'held', 'resident', 'all stayed'],
            idle.map(({ host, held, resident, stayed }) => [
              host,
              number(held, 1),
              number(resident, 1),
              stayed ? 'yes' : 'no',
            ]),
          ),
        ]
      : []),
    ...(overload ? ['## Asked too much of', underLoad(overload)] : []),
  ].join('\n\n')}\n`
}
