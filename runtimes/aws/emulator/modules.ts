/**
 * Execution environments as modules of this thread: each loads its function's bundle anew. What passes between threads
 * takes longer than what most functions do. Who dies is not heard any more and hears nothing any more; only who never
 * waits cannot be ended, and what nobody catches ends all of them.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { aheadDate } from './ahead-date.ts'
import { type Environment, type Environments, FunctionFailed } from './environments.ts'
import { interceptServices, serviceFetch } from './reach-services.ts'
import type { Services } from './services.ts'

type Handler = (event: unknown, context: object) => Promise<unknown>

/** What a bundle finds instead of what is global. */
interface Surroundings {
  readonly process: NodeJS.Process
  readonly Date: DateConstructor
  readonly console: Partial<Console>
  readonly fetch: typeof fetch
}

interface Running {
  readonly services: Services
  readonly surroundings: Surroundings
}

const place = 'parley.environments'
const parameter = 'environment'
const found = `globalThis[Symbol.for(${JSON.stringify(place)})]`
/** Before the module that a bundle begins with. */
const ownPreamble = `const{process,Date,console,fetch}=${found}.of(import.meta.url.split(${JSON.stringify(`${parameter}=`)})[1]);`
/** Before the modules that it imports: environments of one function share them. */
const sharedPreamble = `const{process,Date}=${found}.shared;`

const processWith = (env: Record<string, string>): NodeJS.Process => Object.create(process, { env: { value: env } })

/** As what passes in and out of a function does. */
const asJson = (value: unknown): unknown => (value === undefined ? null : JSON.parse(JSON.stringify(value)))

export const openModules = (log: (line: string) => void): Environments => {
  const ahead = new Float64Array(1)
  const date = aheadDate(ahead)
  const running = new Map<string, Running>()
  /** What the AWS SDK looks up in its own process. */
  const common: Record<string, string> = {}
  const folders = new Set<string>()
  const sources = new Map<string, string>()
  const deaths = new AsyncLocalStorage<AbortSignal>()
  Reflect.set(globalThis, Symbol.for(place), {
    of: (id: string) => running.get(id)?.surroundings,
    shared: { process: processWith(common), Date: date },
  })
  registerHooks({
    load: (url, context, next) => {
      if (!url.startsWith('file:')) return next(url, context)
      const file = fileURLToPath(url)
      if (!folders.has(dirname(file))) return next(url, context)
      const isOwn = url.includes(`?${parameter}=`)
      const source = sources.get(file) ?? (isOwn ? ownPreamble : sharedPreamble) + readFileSync(file, 'utf8')
      sources.set(file, source)
      return { format: 'module', source, shortCircuit: true }
    },
  })
  interceptServices((request) => {
    const id = /Credential=([^/]+)/.exec(request.headers.authorization ?? '')?.[1] ?? ''
    return running.get(id)?.services(request) ?? new Promise(() => {})
  })
  const realFetch = globalThis.fetch
  /** Whoever dies hangs up. */
  globalThis.fetch = (input, init) => {
    const signals = [deaths.getStore(), init?.signal].filter((signal) => signal != null)
    return realFetch(input, { ...init, ...(signals.length > 0 && { signal: AbortSignal.any(signals) }) })
  }
  const line = (...words: unknown[]): void => log(`${words.map(String).join(' ')}\n`)
  const logging = { debug: line, info: line, log: line, warn: line, error: line }

  const start: Environments['start'] = ({ id, folder, environment, services }) => {
    const death = new AbortController()
    const alive = (): boolean => running.has(id)
    /** Who has died is not answered any more. */
    const whileAlive: Services = async (request) => {
      const answer = await services(request)
      return alive() ? answer : new Promise(() => {})
    }
    running.set(id, {
      services: whileAlive,
      surroundings: {
        process: processWith({ ...environment }),
        Date: date,
        console: logging,
        fetch: serviceFetch(whileAlive, realFetch),
      },
    })
    for (const [name, value] of Object.entries(environment)) {
      if (/^AWS_(?:REGION|ENDPOINT_URL_\w+)$/.test(name)) common[name] = value
    }
    folders.add(folder)
    let settle: ((error: Error) => void) | undefined
    const url = `${pathToFileURL(join(folder, 'index.mjs'))}?${parameter}=${id}`
    const ready = Promise.withResolvers<Handler>()
    ready.promise.catch(() => {})
    import(url).then(
      ({ handler }) => ready.resolve(handler),
      (error) => {
        log(`${id}: ${error.stack ?? error}\n`)
        ready.reject(new FunctionFailed(String(error.message)))
      },
    )
    return {
      id,
      ready: ready.promise.then(() => {}),
      invoke: (event, remainingMs) => {
        const endsAt = performance.now() + remainingMs
        const context = { getRemainingTimeInMillis: () => Math.floor(endsAt - performance.now()) }
        return new Promise((resolve, reject) => {
          settle = reject
          const work = async (): Promise<unknown> => (await ready.promise)(asJson(event), context)
          deaths.run(death.signal, work).then(
            (answer) => resolve(asJson(answer)),
            (error) => {
              if (!alive()) return
              if (error.message !== 'Unauthorized') log(`${id}: ${error.stack ?? error}\n`)
              reject(new FunctionFailed(String(error.message)))
            },
          )
        })
      },
      end: (reason) => {
        running.delete(id)
        death.abort(new Error(reason))
        ready.reject(new FunctionFailed(reason))
        settle?.(new FunctionFailed(reason))
      },
      release: () => running.delete(id),
    } satisfies Environment
  }
  return {
    setAhead: (ms) => {
      ahead[0] = ms
    },
    start,
  }
}
