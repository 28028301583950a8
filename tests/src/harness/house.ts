/**
 * A process that serves one new server after another, each on a data folder of its own: what takes its time when a server
 * starts is to load it.
 */
import { type RunningServer, readSettings, startServer } from '@parley/runtime-node'
import type { Settings } from './deployment.ts'
import { engineAnew } from './engine-anew.ts'

/** What a house is asked to do; it answers with the address of a server, or that there is none any more. */
export type Wish = { readonly begin: Settings; readonly anew: boolean } | { readonly end: true }
export type Granted = { readonly url: string } | { readonly failed: string } | { readonly ended: true }

let server: RunningServer | undefined

const grant = async (wish: Wish): Promise<Granted> => {
  if ('end' in wish) {
    await server?.stop()
    return { ended: true }
  }
  server = await startServer(readSettings(wish.begin), wish.anew ? engineAnew : undefined)
  return { url: server.url }
}

process.on('message', async (wish: Wish) => {
  const granted = await grant(wish).catch((error: Error) => ({ failed: error.message }))
  process.send?.(granted)
})
// It waits to be asked; its parent's end is its own.
process.channel?.ref()
