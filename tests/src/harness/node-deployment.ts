import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Deployment, Settings } from './deployment.ts'
import { ask } from './http.ts'
import { type ServerProcess, startProcess, surroundings } from './server-process.ts'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** What is started: the server as everybody starts it. */
export const entry = at('../../../runtimes/node/src/main.ts')
const cli = at('../../../apps/cli/src/main.ts')
const fastClock = at('./fast-clock.ts')

export interface NodeOptions {
  /** A clock that the test can put forward; with a number over 1 it also runs so many times as fast. */
  readonly clock?: number
  /** What the command stands behind. */
  readonly wrapper?: readonly string[]
  /** The data folder; a fresh one, which is removed in the end, when left out. */
  readonly data?: string
}

/** The one-machine runtime, as a process with a data folder of its own. */
export interface NodeDeployment extends Deployment {
  readonly data: string
  /** The process that runs, or ran last. */
  readonly process: ServerProcess
  /** Puts the server's clock forward. */
  advance(ms: number): Promise<void>
}

export const defaults: Settings = { PORT: '0', PARLEY_RATE: 'off', PARLEY_LOG: 'info' }

/** Runs `parley` with these words, and this on its standard input. */
export const runCli = (words: readonly string[], settings: Settings, input: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const env = { ...surroundings(), ...settings }
    const child = execFile(process.execPath, [cli, ...words], { env }, (error, out, err) =>
      error ? reject(new Error(`parley ${words.join(' ')}: ${out}${err}`)) : resolve(out),
    )
    child.stdin?.end(input)
  })

/** Asks the server that runs on a data folder what `parley user` asks it, without the time that a process takes. */
export const administer = (data: string, command: object): Promise<void> =>
  new Promise((resolve, reject) => {
    const outgoing = request({ socketPath: join(data, 'parley.sock'), method: 'POST' }, async (response) => {
      let text = ''
      for await (const chunk of response) text += chunk
      if (response.statusCode === 200 && !('refused' in JSON.parse(text).answer)) resolve()
      else reject(new Error(text))
    })
    outgoing.on('error', reject)
    outgoing.end(JSON.stringify(command))
  })

/** What a server wrote before it ended; undefined when it still answers. */
export const lastWords = async (server: ServerProcess, url: string): Promise<string | undefined> => {
  const answers = await ask(url, 'GET', '/api/health').then(
    () => true,
    () => false,
  )
  if (answers) return undefined
  const { code, signal } = await server.ended
  return `${code ?? signal}\n${server.output().err.slice(-4_000)}`
}

export const nodeDeployment = async (settings: Settings = {}, options: NodeOptions = {}): Promise<NodeDeployment> => {
  const data = options.data ?? (await mkdtemp(join(tmpdir(), 'parley-test-')))
  const start = (more: Settings): ServerProcess =>
    startProcess({
      arguments: [...(options.clock ? ['--import', fastClock] : []), entry],
      settings: {
        ...defaults,
        PARLEY_DATA: data,
        ...(options.clock && { PARLEY_TEST_SPEED: String(options.clock) }),
        ...settings,
        ...more,
      },
      ...(options.wrapper && { wrapper: options.wrapper }),
    })
  let server = start({})
  let url = ''
  try {
    url = await server.ready
  } catch (error) {
    if (!options.data) await rm(data, { recursive: true, force: true })
    throw error
  }
  return {
    data,
    get url() {
      return url
    },
    get process() {
      return server
    },
    addAccount: (name, role, password) => administer(data, { action: 'add-account', name, role, password }),
    stop: () => server.stop(),
    kill: () => server.kill(),
    restart: async (more = {}) => {
      server = start(more)
      url = await server.ready
    },
    crashed: async () => (server.asked() ? undefined : lastWords(server, url)),
    advance: async (ms) => void (await server.tell({ advanceMs: ms })),
    dispose: async () => {
      await server.kill()
      if (!options.data) await rm(data, { recursive: true, force: true })
    },
  }
}
