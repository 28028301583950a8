/** One execution environment of a function: loads its bundle, and handles one event at a time. */
import { enableCompileCache } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'

interface Invocation {
  readonly event: unknown
  readonly remainingMs: number
}

enableCompileCache()
const shown = (error: unknown): { readonly name: string; readonly message: string; readonly stack?: string } =>
  error instanceof Error
    ? { name: error.name, message: error.message, ...(error.stack && { stack: error.stack }) }
    : { name: 'Error', message: String(error) }

const port = parentPort
if (!port) throw new Error('this runs as a thread')
try {
  const { handler } = await import(workerData.file)
  port.on('message', async ({ event, remainingMs }: Invocation) => {
    const endsAt = performance.now() + remainingMs
    try {
      const answer = await handler(event, { getRemainingTimeInMillis: () => Math.floor(endsAt - performance.now()) })
      port.postMessage({ answer })
    } catch (error) {
      port.postMessage({ error: shown(error) })
    }
  })
  port.postMessage({ ready: true })
} catch (error) {
  port.postMessage({ failed: shown(error) })
}
