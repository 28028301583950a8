/** Runs the serverless shape of Parley on this machine: the stack that is deployed, on what stands in for AWS. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Emulator, emulate } from './emulate.ts'
import { type FaultPlan, plannedFaults } from './faults.ts'
import { openModules } from './modules.ts'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const { env } = process
const stack = env.PARLEY_STACK || at('../cdk.out')
const page = at('../../../apps/web/dist')

/** Variables with keys of models, which a deployed stack has in a parameter. */
const keys = new Set<string>()
if (!env.PARLEY_STACK || !existsSync(stack)) {
  const [{ synthesize }, { modelsIn }] = await Promise.all([import('../infra/synth.ts'), import('../infra/models.ts')])
  for (const name of modelsIn(env)?.keys ?? []) keys.add(name)
  await synthesize({ output: stack, environment: env, page })
}

const isSetting = (name: string): boolean =>
  /^PARLEY_(?:GUESTS|RATE|COMPAT|MODEL|MODEL_URL|MODEL_KEY|BUDGET_PERSON|BUDGET_ROOM|DELTAS)$/.test(name) ||
  keys.has(name)
type Environment = Readonly<Record<string, string | undefined>>

const log = (line: string): void => {
  if (env.PARLEY_LOG !== 'silent') process.stderr.write(line)
}
const environments = openModules(log)
const begin = (given: Environment): Promise<Emulator> =>
  emulate({
    stack,
    page,
    environments,
    log,
    port: Number(given.PORT ?? 8080),
    settings: {
      PARLEY_GUESTS: 'on',
      ...Object.fromEntries(
        Object.entries(given).flatMap(([name, value]) => (value && isSetting(name) ? [[name, value]] : [])),
      ),
    },
    concurrency: Number(given.PARLEY_CONCURRENCY ?? 2),
  })
let emulator = await begin(env)
console.log(`Parley is ready at ${emulator.url}`)

/** What a test may ask for, over the channel to the process that has started this one. */
type Wish =
  /** Another stack, with nothing in it and these settings, in place of the one that runs. Answers its address. */
  | { readonly begin: Environment }
  | { readonly administer: unknown }
  | { readonly advanceMs: number }
  | { readonly faults: FaultPlan }
  /** How many functions have died of what was planned last. */
  | { readonly question: 'deaths' }

let faults = plannedFaults({})

const grant = async (wish: Wish): Promise<unknown> => {
  if ('begin' in wish) {
    emulator.stop()
    faults = plannedFaults({})
    emulator = await begin(wish.begin)
    return emulator.url
  }
  if ('administer' in wish) return emulator.invoke('administer', wish.administer)
  if ('advanceMs' in wish) return emulator.clock.advance(wish.advanceMs)
  if ('question' in wish) return faults.deaths()
  faults = plannedFaults(wish.faults)
  return emulator.setFaults(faults)
}
process.on('message', async (wish: Wish) => {
  const answer = await grant(wish).catch((error: unknown) => ({ failed: String(error) }))
  process.send?.({ answer })
})

const stop = (): void => {
  emulator.stop()
  process.exit(0)
}
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
