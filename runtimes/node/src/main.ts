import { enableCompileCache, flushCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

// What was compiled once is kept beside the code for the next time, which then starts twice as fast; so nothing is loaded
// before. The thread that writes is told by the environment.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('../../../node_modules/.cache/parley', import.meta.url))
enableCompileCache()
const { start } = await import('./start.ts')
await start(process.env)
// At once, since many a server is ended by force.
flushCompileCache()
