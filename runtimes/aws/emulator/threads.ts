import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { type Environments, FunctionFailed } from './environments.ts'
import type { ServiceRequest } from './services.ts'

type Said =
  | { readonly asking: number; readonly request: ServiceRequest }
  | { readonly ready: true }
  | { readonly answer: unknown }
  | { readonly error: { readonly name: string; readonly message: string; readonly stack?: string } }
  | { readonly failed: { readonly message: string; readonly stack?: string } }

/** Environments of one thread: each leaves its bundle's code behind. */
const usesMax = 10

/**
 * Threads that environments run in, each on its own as a machine is: those of released ones are kept, since starting one
 * takes most of a cold start.
 */
export const openThreads = (log: (line: string) => void): Environments => {
  const spare = new Map<string, Worker[]>()
  const uses = new WeakMap<Worker, number>()
  const ahead = new Float64Array(new SharedArrayBuffer(8))
  const threadFor = (folder: string): Worker => {
    const kept = spare.get(folder)?.pop()
    if (kept) return kept
    const worker = new Worker(new URL('./environment-thread.ts', import.meta.url), {
      env: { ...(process.env.NODE_COMPILE_CACHE && { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE }) },
      workerData: { file: pathToFileURL(join(folder, 'index.mjs')).href, ahead },
      stdout: true,
      stderr: true,
    })
    worker.unref()
    for (const stream of [worker.stdout, worker.stderr]) stream.setEncoding('utf8').on('data', log)
    return worker
  }
  const keep = (folder: string, worker: Worker): void => {
    worker.removeAllListeners()
    // Whoever dies unused is not taken again.
    worker.on('error', () => {})
    worker.on('exit', () => {
      spare.set(
        folder,
        (spare.get(folder) ?? []).filter((one) => one !== worker),
      )
    })
    spare.set(folder, [...(spare.get(folder) ?? []), worker])
  }
  return {
    setAhead: (ms) => {
      ahead[0] = ms
    },
    start: ({ id, folder, environment, services }) => {
      const worker = threadFor(folder)
      worker.removeAllListeners()
      uses.set(worker, (uses.get(worker) ?? 0) + 1)
      let settle: { resolve(value: unknown): void; reject(error: Error): void } | undefined
      const ready = Promise.withResolvers<void>()
      ready.promise.catch(() => {})
      const fail = (reason: string): void => {
        ready.reject(new FunctionFailed(reason))
        settle?.reject(new FunctionFailed(reason))
      }
      worker.on('message', (said: Said) => {
        if ('asking' in said) {
          const { asking: answered, request } = said
          return void services(request).then((answer) => worker.postMessage({ answered, answer }))
        }
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
      worker.postMessage({ environment })
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
        release: () => {
          if ((uses.get(worker) ?? 0) < usesMax) keep(folder, worker)
          else worker.terminate()
        },
      }
    },
  }
}
