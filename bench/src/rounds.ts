import { calmness, disturbing } from './calm.ts'
import { type Cell, type CellName, cells } from './cells.ts'
import { type Generator, startGenerator } from './generator.ts'
import { type HostName, hosts } from './hosts.ts'
import type { Measured } from './load/room.ts'
import { type Running, start } from './servers.ts'

export interface Plan {
  readonly rounds: number
  readonly cells: readonly CellName[]
  readonly hosts: readonly HostName[]
  /** Before the first measurement of a server, and before each. */
  readonly heatMs: number
  readonly warmMs: number
  readonly measureMs: number
  /** Milliseconds that may be spent waiting for the machine to be left alone, and measurements again when it was not. */
  readonly patienceMs: number
  readonly again: number
  /** How many of the members speak; as many as there are messages under way when left out. */
  readonly speakers?: number
}

/** Of each cell and host, one measurement a round. */
export type Figures = ReadonlyMap<CellName, ReadonlyMap<HostName, readonly Measured[]>>

interface Contestant {
  readonly name: HostName
  readonly server: Running
  readonly generator: Generator
}

const heatMembers = 10

const enter = async (name: HostName, heatMs: number): Promise<Contestant> => {
  const server = await start(name)
  const generator = startGenerator()
  await generator.open(server.url, hosts[name].wire, heatMembers)
  // Compilers of servers must not be measured with the first cell; a broker has none.
  const warmMs = typeof hosts[name].serves === 'string' ? heatMs : 0
  await generator.measure({ underWay: 8, speakers: 8, warmMs, measureMs: 10, pid: server.pid })
  return { name, server, generator }
}

const others = (measured: Measured): number => measured.shares?.others ?? 0

/** Measures every cell on every host, host after host, round after round, with fresh servers for each. */
export const runRounds = async (plan: Plan, tell: (line: string) => void): Promise<Figures> => {
  const figures = new Map<CellName, Map<HostName, Measured[]>>()
  const calm = calmness(plan.patienceMs)

  const measureOne = async (cell: Cell, { name, server, generator }: Contestant): Promise<Measured> => {
    await generator.open(server.url, hosts[name].wire, cell.members)
    let best: Measured | undefined
    for (let tries = 0; tries <= plan.again; tries++) {
      await calm()
      const { underWay, members, perSecond } = cell
      const speakers = Math.min(members, plan.speakers ?? underWay)
      const { warmMs, measureMs } = plan
      const pace = perSecond ? { perSecond } : {}
      const found = await generator.measure({ underWay, speakers, warmMs, measureMs, ...pace, pid: server.pid })
      if (found.missing !== 0) throw new Error(`${name}: ${found.missing} deliveries are missing`)
      if (!best || others(found) < others(best)) best = found
      if (others(best) <= disturbing) break
    }
    return best as Measured
  }

  for (let round = 0; round < plan.rounds; round++) {
    const contestants: Contestant[] = []
    try {
      for (const name of plan.hosts) contestants.push(await enter(name, plan.heatMs))
      for (const cellName of plan.cells) {
        const cell: Cell = cells[cellName]
        const byHost = figures.get(cellName) ?? new Map<HostName, Measured[]>()
        figures.set(cellName, byHost)
        const taking = contestants.filter(({ name }) => cell.hosts.includes(name))
        const inTurn = taking.map((_, nth) => taking[(nth + round) % taking.length] as Contestant)
        for (const contestant of inTurn) {
          const measured = await measureOne(cell, contestant)
          byHost.set(contestant.name, [...(byHost.get(contestant.name) ?? []), measured])
          const thousand = Math.round(measured.deliveriesPerSecond / 1000)
          const shares = Object.entries(measured.shares ?? {}).map(([who, share]) => `${who} ${share.toFixed(2)}`)
          tell(
            `round ${round + 1}  ${cellName.padEnd(9)} ${contestant.name.padEnd(18)} ${String(thousand).padStart(6)} k/s  ${shares.join('  ')}`,
          )
        }
      }
    } finally {
      await Promise.all(contestants.map(({ generator }) => generator.stop()))
      await Promise.all(contestants.map(({ server }) => server.stop()))
    }
  }
  return figures
}
