import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Deployment, Settings } from './deployment.ts'
import type { Granted, Wish } from './house.ts'
import { administer, defaults, lastWords } from './node-deployment.ts'
import { type ServerProcess, startProcess } from './server-process.ts'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const house = ['--import', at('./quick-passwords.ts'), at('./house.ts')]

/** Houses whose server is gone: they are loaded. */
const idle: ServerProcess[] = []

const wishOf = async (process: ServerProcess, wish: Wish): Promise<Granted> => (await process.tell(wish)) as Granted

const unable = async (): Promise<never> => {
  throw new Error('a server that shares its process cannot be stopped and started again')
}

/** The one-machine runtime on a data folder of its own, in a process in which others were before. */
export const housedDeployment = async (settings: Settings, anew: boolean): Promise<Deployment> => {
  const data = await mkdtemp(join(tmpdir(), 'parley-test-'))
  const process = idle.pop() ?? startProcess({ arguments: house, settings: {} })
  const began = await Promise.race([
    wishOf(process, { begin: { ...defaults, PARLEY_DATA: data, ...settings }, anew }),
    process.ended.then(({ code, signal }) => ({ failed: `${code ?? signal}\n${process.output().err}` })),
  ])
  if (!('url' in began)) {
    await process.kill()
    throw new Error(`the server did not start: ${JSON.stringify(began)}`)
  }
  const { url } = began
  return {
    url,
    addAccount: (name, role, password) => administer(data, { action: 'add-account', name, role, password }),
    stop: unable,
    kill: unable,
    restart: unable,
    crashed: () => lastWords(process, url),
    dispose: async () => {
      const ended = await Promise.race([wishOf(process, { end: true }), process.ended])
      if ('ended' in ended) idle.push(process)
      else await process.kill()
      await rm(data, { recursive: true, force: true })
    },
  }
}
