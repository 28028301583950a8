import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'

/** A function failed: threw, ran out of time, or its environment died. */
export class FunctionFailed extends Error {}

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
  readonly log: (line: string) => void
}

interface Environment {
  readonly id: string
  readonly ready: Promise<void>
  invoke(event: unknown, remainingMs: number): Promise<unknown>
  end(reason: string): void
}

/** The functions of a stack. Each environment is a thread with an environment of its own, as it is a machine there. */
export interface Lambda {
  /** @throws {FunctionFailed} */
  invoke(id: string, event: unknown): Promise<unknown>
  /** The function of an environment. */
  ownerOf(environment: string): string | undefined
  /** Ends an environment in the midst of what it does. */
  kill(environment: string): void
  stop(): Promise<void>
}

type Said =
  | { readonly ready: true }
  | { readonly answer: unknown }
  | { readonly error: { readonly name: string; readonly message: string; readonly stack?: string } }
  | { readonly failed: { readonly message: string; readonly stack?: string } }

const start = (id: string, { folder, environment }: FunctionFacts, log: (line: string) => void): Environment => {
  const worker = new Worker(new URL('./environment-thread.ts', import.meta.url), {
    env: { ...environment, AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: 'none' },
    workerData: { file: pathToFileURL(join(folder, 'index.mjs')).href },
    stdout: true,
    stderr: true,
  })
  worker.unref()
  for (const stream of [worker.stdout, worker.stderr]) stream.setEncoding('utf8').on('data', log)
  let settle: { resolve(value: unknown): void; reject(error: Error): void } | undefined
  const ready = Promise.withResolvers<void>()
  ready.promise.catch(() => {})
  const fail = (reason: string): void => {
    ready.reject(new FunctionFailed(reason))
    settle?.reject(new FunctionFailed(reason))
  }
  worker.on('message', (said: Said) => {
    if ('ready' in said) return ready.resolve()
    if ('failed' in said) {
      log(`${id}: ${said.failed.stack ?? said.failed.message}\n`)
      return fail(said.failed.message)
    }
    if ('answer' in said) return settle?.resolve(said.answer)
    if (said.error.message !== 'Unauthorized') log(`${id}: ${said.error.stack ?? said.error.message}\n`)
    settle?.reject(new FunctionFailed(said.error.message))
  })
  worker.on('error', (error) => fail(String(error)))
  worker.on('exit', () => fail('the environment has ended'))
  return {
    id,
    ready: ready.promise,
    invoke: (event, remainingMs) => {
      const settled = Promise.withResolvers<unknown>()
      settle = settled
      worker.postMessage({ event, remainingMs })
      return settled.promise
    },
    end: (reason) => {
      fail(reason)
      worker.terminate()
    },
  }
}

export const emulatedLambda = (functions: readonly FunctionFacts[], { concurrency, log }: LambdaOptions): Lambda => {
  const pools = new Map(
    functions.map((facts) => [
      facts.id,
      { facts, all: new Set<Environment>(), idle: [] as Environment[], waiting: [] as (() => void)[] },
    ]),
  )
  const owners = new Map<string, { readonly owner: string; readonly environment: Environment }>()
  let started = 0
  let stopping = false
  type Pool = NonNullable<ReturnType<typeof pools.get>>

  const forget = (pool: Pool, environment: Environment): void => {
    pool.all.delete(environment)
    owners.delete(environment.id)
    pool.waiting.shift()?.()
  }
  const take = async (pool: Pool): Promise<Environment> => {
    for (;;) {
      const idle = pool.idle.pop()
      if (idle && pool.all.has(idle)) return idle
      if (pool.all.size < concurrency) break
      await new Promise<void>((resolve) => pool.waiting.push(resolve))
    }
    started += 1
    const environment = start(`environment-${started}`, pool.facts, log)
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
      if (!pool || stopping) throw new FunctionFailed(`there is no function ${id}`)
      const environment = await take(pool)
      const { timeoutMs } = pool.facts
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
    stop: async () => {
      stopping = true
      for (const { environment } of owners.values()) environment.end('the emulator stops')
    },
  }
}
