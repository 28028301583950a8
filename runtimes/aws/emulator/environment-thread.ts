/**
 * Runs the execution environments of one function, one after another: loads its bundle for each anew, and handles one
 * event at a time.
 */
import { enableCompileCache } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'
import { aheadDate } from './ahead-date.ts'
import { interceptServices, serviceFetch } from './reach-services.ts'
import type { ServiceAnswer, ServiceRequest } from './services.ts'

/** Begins an environment with these variables and no others. */
interface Beginning {
  readonly environment: Readonly<Record<string, string>>
}
interface Invocation {
  readonly event: unknown
  readonly remainingMs: number
}
/** What came of what was asked; without an answer, the connection was cut. */
interface Answered {
  readonly answered: number
  readonly answer: ServiceAnswer | undefined
}
type Handler = (event: unknown, context: object) => Promise<unknown>

enableCompileCache()
globalThis.Date = aheadDate(workerData.ahead)
const shown = (error: unknown): { readonly name: string; readonly message: string; readonly stack?: string } =>
  error instanceof Error
    ? { name: error.name, message: error.message, ...(error.stack && { stack: error.stack }) }
    : { name: 'Error', message: String(error) }

const port = parentPort
if (!port) throw new Error('this runs as a thread')
const open = new Map<number, (answer: ServiceAnswer | undefined) => void>()
let count = 0
const ask = (request: ServiceRequest): Promise<ServiceAnswer | undefined> =>
  new Promise((resolve) => {
    count += 1
    open.set(count, resolve)
    port.postMessage({ asking: count, request })
  })
interceptServices(ask)
globalThis.fetch = serviceFetch(ask, globalThis.fetch)
let handler: Handler | undefined
let begun = 0

const begin = async ({ environment }: Beginning): Promise<void> => {
  for (const name of Object.keys(process.env)) delete process.env[name]
  Object.assign(process.env, environment)
  // Another query is another module: what the bundle keeps begins anew, what it imports from libraries does not.
  begun += 1
  handler = (await import(`${workerData.file}?${begun}`)).handler
}

port.on('message', async (asked: Beginning | Invocation | Answered) => {
  if ('answered' in asked) {
    open.get(asked.answered)?.(asked.answer)
    return void open.delete(asked.answered)
  }
  if ('environment' in asked) {
    return begin(asked).then(
      () => port.postMessage({ ready: true }),
      (error) => port.postMessage({ failed: shown(error) }),
    )
  }
  const endsAt = performance.now() + asked.remainingMs
  const context = { getRemainingTimeInMillis: () => Math.floor(endsAt - performance.now()) }
  try {
    port.postMessage({ answer: await handler?.(asked.event, context) })
  } catch (error) {
    port.postMessage({ error: shown(error) })
  }
})
