import { type Environment, type Environments, FunctionFailed } from './environments.ts'
import type { Services } from './services.ts'

export interface FunctionFacts {
  readonly id: string
  /** The folder of its bundle. */
  readonly folder: string
  readonly environment: Readonly<Record<string, string>>
  readonly timeoutMs: number
}

export interface LambdaOptions {
  /** Environments of one function at most; what comes beyond that waits. */
  readonly concurrency: number
  readonly environments: Environments
  /** What they ask. */
  readonly services: Services
  /** Milliseconds that each invocation has at most, whatever its function is given. */
  readonly limitMs: () => number
}

/** The functions of a stack. Each environment has variables and a memory of its own, as it is a machine there. */
export interface Lambda {
  /** @throws {FunctionFailed} */
  invoke(id: string, event: unknown): Promise<unknown>
  /** The function of an environment. */
  ownerOf(environment: string): string | undefined
  /** Ends an environment in the midst of what it does. */
  kill(environment: string): void
  stop(): void
}

/** No two emulators of a process have the same: what an old one has left behind is not taken for the new one's. */
let started = 0

export const emulatedLambda = (
  functions: readonly FunctionFacts[],
  { concurrency, environments, services, limitMs }: LambdaOptions,
): Lambda => {
  const pools = new Map(
    functions.map((facts) => [
      facts.id,
      { facts, all: new Set<Environment>(), idle: [] as Environment[], waiting: [] as (() => void)[] },
    ]),
  )
  const owners = new Map<string, { readonly owner: string; readonly environment: Environment }>()
  let stopping = false
  type Pool = NonNullable<ReturnType<typeof pools.get>>

  const forget = (pool: Pool, environment: Environment): void => {
    pool.all.delete(environment)
    owners.delete(environment.id)
    pool.waiting.shift()?.()
  }
  const take = async (pool: Pool): Promise<Environment> => {
    for (;;) {
      if (stopping) throw new FunctionFailed('the emulator stops')
      const idle = pool.idle.pop()
      if (idle && pool.all.has(idle)) return idle
      if (pool.all.size < concurrency) break
      await new Promise<void>((resolve) => pool.waiting.push(resolve))
    }
    started += 1
    const id = `environment-${started}`
    const { folder, environment: given } = pool.facts
    const environment = environments.start({
      id,
      folder,
      services,
      environment: { ...given, AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: 'none' },
    })
    pool.all.add(environment)
    owners.set(environment.id, { owner: pool.facts.id, environment })
    try {
      await environment.ready
      return environment
    } catch (error) {
      forget(pool, environment)
      throw error
    }
  }
  const give = (pool: Pool, environment: Environment): void => {
    if (!pool.all.has(environment)) return
    pool.idle.push(environment)
    pool.waiting.shift()?.()
  }
  const drop = (pool: Pool, environment: Environment, reason: string): void => {
    environment.end(reason)
    forget(pool, environment)
  }
  return {
    invoke: async (id, event) => {
      const pool = pools.get(id)
      if (!pool) throw new FunctionFailed(`there is no function ${id}`)
      const environment = await take(pool)
      const timeoutMs = Math.min(pool.facts.timeoutMs, limitMs())
      const timer = setTimeout(() => drop(pool, environment, `timed out after ${timeoutMs} ms`), timeoutMs)
      try {
        return await environment.invoke(event, timeoutMs)
      } finally {
        clearTimeout(timer)
        give(pool, environment)
      }
    },
    ownerOf: (environment) => owners.get(environment)?.owner,
    kill: (id) => {
      const owned = owners.get(id)
      const pool = owned && pools.get(owned.owner)
      if (owned && pool) drop(pool, owned.environment, 'the environment was killed')
    },
    stop: () => {
      stopping = true
      for (const pool of pools.values()) {
        const idle = new Set(pool.idle)
        for (const environment of pool.all) {
          if (idle.has(environment)) environment.release()
          else environment.end('the emulator stops')
        }
        pool.all.clear()
        for (const wake of pool.waiting.splice(0)) wake()
      }
      owners.clear()
    },
  }
}
