import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Exit, Settings } from './deployment.ts'

export interface ProcessOptions {
  /** What Node is called with. */
  readonly arguments: readonly string[]
  readonly settings: Settings
  /** What the command stands behind, `prlimit --fsize=... ` for one. */
  readonly wrapper?: readonly string[]
}

/** A server as a process of its own. */
export interface ServerProcess {
  readonly pid: number
  /** Where it serves, as it has said. Fails when it ends before, with what it wrote. */
  readonly ready: Promise<string>
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>
  /** Whether it has been asked to end. */
  asked(): boolean
  /** What it wrote so far. */
  output(): { readonly out: string; readonly err: string }
  signal(name: NodeJS.Signals): void
  /** SIGTERM, and how it ended. */
  stop(): Promise<Exit>
  kill(): Promise<void>
  /** Says something to it that it answers, over the channel between the two; what it answers. */
  tell(message: object): Promise<unknown>
}

const children = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL')
})

const keptUnits = 4_000_000
const orphan = fileURLToPath(new URL('./orphan.ts', import.meta.url))

/** What processes are started with besides their settings. The compiled code is kept, since many are started. */
export const surroundings = (): Readonly<Record<string, string>> => ({
  PATH: process.env.PATH ?? '',
  HOME: process.env.HOME ?? '',
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(tmpdir(), 'parley-test-compiled'),
})

/** Starts a server with these settings and no other ones. */
export const startProcess = ({ arguments: given, settings, wrapper = [] }: ProcessOptions): ServerProcess => {
  const [command = '', ...rest] = [...wrapper, process.execPath, '--import', orphan, ...given]
  const child = spawn(command, rest, {
    env: { ...surroundings(), ...settings },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  children.add(child)
  let asked = false
  const signal = (name: NodeJS.Signals): void => {
    asked = true
    child.kill(name)
  }
  let out = ''
  let err = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err = (err + text).slice(-keptUnits)
  })
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.on('close', (code, signal) => {
      children.delete(child)
      resolve({ code, signal })
    })
  })
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      out += text
      const url = /Parley is ready at (http:\S+)/.exec(out)?.[1]
      if (url) resolve(url)
    })
    child.on('error', reject)
    ended.then(({ code, signal }) => reject(new Error(`the server ended with ${code ?? signal}\n${out}\n${err}`)))
  })
  ready.catch(() => {})
  return {
    pid: child.pid ?? 0,
    ready,
    ended,
    output: () => ({ out, err }),
    asked: () => asked,
    signal,
    stop: async () => {
      const began = performance.now()
      signal('SIGTERM')
      return { ...(await ended), ms: performance.now() - began }
    },
    kill: async () => {
      signal('SIGKILL')
      await ended
    },
    tell: async (message) => {
      const heard = once(child, 'message')
      child.send(message)
      return (await heard)[0]
    },
  }
}
