import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { startGenerator } from './generator.ts'
import { type HostName, hosts } from './hosts.ts'
import { type Running, start } from './servers.ts'

export interface IdlePlan {
  readonly hosts: readonly HostName[]
  /** What a connection costs is the difference between so many of them ... */
  readonly from: number
  /** ... and so many. */
  readonly to: number
  /** How long they stay before one message is sent to all of them. */
  readonly holdMs: number
}

/** Kilobytes (1,024 bytes) of one idle connection. */
export interface IdleCost {
  readonly host: HostName
  /** By what the process occupies. */
  readonly resident: number
  /** By what the garbage collector and the buffers hold. */
  readonly held: number
  /** Whether all of them were still there at the end, and each was sent a message. */
  readonly stayed: boolean
}

interface Memory {
  readonly rss: number
  readonly held: number
}

const probe = ['--expose-gc', '--import', fileURLToPath(new URL('memory-probe.ts', import.meta.url))]
const settleMs = 1_500

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const askMemory = async ({ pid, errors }: Running): Promise<Memory> => {
  process.kill(pid, 'SIGUSR2')
  for (;;) {
    const [said] = (await once(errors, 'data', { signal: AbortSignal.timeout(20_000) })) as [Buffer]
    const line = /^memory (.*)$/m.exec(said.toString())?.[1]
    if (line) return JSON.parse(line) as Memory
  }
}

/** The second of two collections: what the first freed is given back to the system by then. */
const memoryOf = async (server: Running): Promise<Memory> => {
  await pause(settleMs)
  await askMemory(server)
  await pause(settleMs)
  return askMemory(server)
}

const costOf = async (host: HostName, { from, to, holdMs }: IdlePlan): Promise<IdleCost> => {
  const server = await start(host, probe)
  const generator = startGenerator()
  try {
    await generator.open(server.url, hosts[host].wire, from, to)
    const before = await memoryOf(server)
    await generator.open(server.url, hosts[host].wire, to)
    const after = await memoryOf(server)
    await pause(holdMs)
    const { missing } = await generator.measure({
      underWay: 1,
      speakers: 1,
      warmMs: 0,
      measureMs: 1_000,
      pid: server.pid,
    })
    const each = (figure: keyof Memory): number => (after[figure] - before[figure]) / (to - from) / 1024
    return { host, resident: each('rss'), held: each('held'), stayed: missing === 0 }
  } finally {
    await generator.stop()
    await server.stop()
  }
}

/** What an idle connection costs each host, one host after another. */
export const measureIdle = async (plan: IdlePlan, tell: (line: string) => void): Promise<readonly IdleCost[]> => {
  const costs: IdleCost[] = []
  for (const host of plan.hosts) {
    const cost = await costOf(host, plan)
    tell(`idle  ${host.padEnd(18)} ${cost.resident.toFixed(1)} KB resident  ${cost.held.toFixed(1)} KB held`)
    costs.push(cost)
  }
  return costs
}
