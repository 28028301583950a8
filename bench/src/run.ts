import { readFile, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type CellName, cells, quickCells } from './cells.ts'
import { absence, type HostName, hosts } from './hosts.ts'
import { type IdlePlan, measureIdle } from './idle.ts'
import { measureOverload, type OverloadPlan } from './overload/overload.ts'
import { picture } from './picture.ts'
import { report } from './report.ts'
import { type Plan, runRounds } from './rounds.ts'

const usage = `npm run bench -- [--quick] [--rounds N] [--hosts A;B] [--cells A;B] [--speakers N] [--no-idle] [--no-overload] [--write]

Without options: five rounds of everything, about 19 minutes, written to bench/RESULTS.md.
With --quick: one round of the most telling cells, about two minutes. With any option but --write, on the screen only.
Bun, NATS and Mosquitto take part where \`bun\`, \`nats-server\` and \`mosquitto\` are installed, but not with --quick alone.
Hosts: ${Object.keys(hosts).join('; ')}
Cells: ${Object.keys(cells).join('; ')}
`

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    hosts: { type: 'string' },
    cells: { type: 'string' },
    speakers: { type: 'string' },
    idle: { type: 'boolean', default: true },
    overload: { type: 'boolean', default: true },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
  allowNegative: true,
})

const chosen = <K extends string>(from: readonly K[], wanted: string): readonly K[] =>
  from.filter((name) => wanted.split(';').includes(name))

const quickHosts: readonly HostName[] = ['raw ws', 'ws, joined', 'Socket.IO', 'Parley']
const everyHost = Object.keys(hosts) as HostName[]
const everyCell = Object.keys(cells) as CellName[]
const possible = options.hosts ? chosen(everyHost, options.hosts) : options.quick ? quickHosts : everyHost
const absences = possible.map((name) => ({ name, reason: absence(name) }))
const present = absences.filter(({ reason }) => !reason).map(({ name }) => name)
const idleHosts: readonly HostName[] = present.filter((name) => ['raw ws', 'Socket.IO', 'Parley'].includes(name))

const plan: Plan = {
  rounds: Number(options.rounds ?? (options.quick ? 1 : 5)),
  cells: options.cells ? chosen(everyCell, options.cells) : options.quick ? quickCells : everyCell,
  hosts: present,
  ...(options.quick
    ? { heatMs: 1_000, warmMs: 300, measureMs: 700, patienceMs: 5_000, again: 0 }
    : { heatMs: 2_500, warmMs: 500, measureMs: 1_500, patienceMs: 180_000, again: 2 }),
  ...(options.speakers && { speakers: Number(options.speakers) }),
}
const idlePlan: IdlePlan = options.quick
  ? { hosts: idleHosts, from: 500, to: 2_500, holdMs: 0 }
  : { hosts: idleHosts, from: 1_000, to: 10_000, holdMs: 40_000 }

const overloadPlan: OverloadPlan = options.quick
  ? { people: 1_000, calmMs: 1_000, rounds: 1, eachMs: 1_500, readers: 10, messages: 1_500 }
  : { people: 5_000, calmMs: 3_000, rounds: 5, eachMs: 3_000, readers: 30, messages: 2_000 }

const run = async (): Promise<void> => {
  const begun = performance.now()
  const skipped = absences.flatMap(({ reason }) => reason ?? [])
  for (const reason of skipped) console.log(reason)
  const tell = (line: string): void => console.log(line)
  const figures = await runRounds(plan, tell)
  const idle = options.idle ? await measureIdle(idlePlan, tell) : []
  const overload = options.overload ? await measureOverload(overloadPlan, tell) : undefined
  const command = ['npm run bench', ...(process.argv.length > 2 ? ['--', ...process.argv.slice(2)] : [])].join(' ')
  const minutes = (performance.now() - begun) / 60_000
  const page = report({ command, minutes, rounds: plan.rounds, figures, idle, overload, skipped })
  console.log(`\n${page}`)
  // Only a run of everything may take the place of the figures that are kept, unless asked to.
  if (process.argv.length > 2 && !options.write) return
  const notes = await readFile(new URL('../NOTES.md', import.meta.url), 'utf8')
  const image = '![Deliveries a second of Parley and its peers, as bars](deliveries.svg)'
  await writeFile(
    new URL('../RESULTS.md', import.meta.url),
    `# How fast Parley is, beside its peers\n\n${image}\n\n${page}\n${notes}`,
  )
  await writeFile(new URL('../deliveries.svg', import.meta.url), picture(figures, ['100, 2', '100, 32', '1000, 32']))
}

if (options.help) console.log(usage)
else {
  process.on('SIGINT', () => process.exit(130))
  process.on('SIGTERM', () => process.exit(143))
  await run()
}
