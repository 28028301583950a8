import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { freePort } from './brokers.ts'
import { type Host, type HostName, hosts, programOf } from './hosts.ts'
import { slowFsync } from './slow-fsync.ts'

/** A server under test, in a process of its own. */
export interface Running {
  readonly url: string
  readonly pid: number
  /** Its standard error. */
  readonly errors: Readable
  stop(): Promise<void>
}

const settings = { PARLEY_RATE: 'off', PARLEY_GUESTS: 'on', HOST: '127.0.0.1', PORT: '0' }
const readyWithinMs = 20_000
const stopWithinMs = 8_000

/** Everything but the server runs on the second core, and the server on the first, where cores can be chosen. */
export const pinned = (core: 0 | 1): readonly string[] =>
  existsSync('/usr/bin/taskset') ? ['/usr/bin/taskset', '-c', String(core)] : []

/** What is started, how it says that it is ready, and where: in the first group of `ready`, unless `url` is known before. */
interface Launch {
  readonly line: readonly string[]
  readonly ready: RegExp
  readonly url?: string
}

const launchOf = async (host: Host, nodeOptions: readonly string[], folder: string): Promise<Launch> => {
  const { serves } = host
  const program = programOf(host) as string
  if (typeof serves === 'string') {
    const line = host.runner ? [program, serves] : [program, ...nodeOptions, serves]
    return { line, ready: /ready at (http:\S+)/ }
  }
  const port = await freePort()
  const line = [program, ...(await serves.prepare(port, folder))]
  return { line, ready: serves.ready, url: `tcp://127.0.0.1:${port}` }
}

/** Reads what a child says until it says that it is ready; where that is. */
const readyAt = (child: ChildProcess, name: string, { ready, url }: Launch): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = ''
    const fail = (what: string): void => {
      clearTimeout(late)
      reject(new Error(`${name} ${what}: ${said.slice(-800)}`))
    }
    const late = setTimeout(() => fail('was not ready in time'), readyWithinMs)
    const hear = (data: Buffer): void => {
      if (said.length > 4096) return
      said += data
      const found = ready.exec(said)
      if (!found) return
      clearTimeout(late)
      resolve(url ?? (found[1] as string))
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.on('exit', (code) => fail(`ended with ${code} before it was ready`))
  })

/** Children and their folders. */
const running = new Map<ChildProcess, string>()
process.on('exit', () => {
  for (const [child, folder] of running) {
    child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
})

/**
 * Starts a host on the first core and waits for its ready line. `nodeOptions` are for Node itself; `others` are settings
 * that differ from those of a measurement.
 */
export const start = async (
  name: HostName,
  nodeOptions: readonly string[] = [],
  others: Readonly<Record<string, string>> = {},
): Promise<Running> => {
  const host: Host = hosts[name]
  const preloaded = host.slowDisk ? { LD_PRELOAD: await slowFsync() } : {}
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'))
  const launch = await launchOf(host, nodeOptions, folder)
  const line = [...pinned(0), ...launch.line]
  const child = spawn(line[0] as string, line.slice(1), {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...(host.keepsData && { ...settings, PARLEY_DATA: folder }), ...preloaded, ...others },
  })
  running.set(child, folder)
  const over = once(child, 'exit')
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    const killer = setTimeout(() => child.kill('SIGKILL'), stopWithinMs)
    await over
    clearTimeout(killer)
    running.delete(child)
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const url = await readyAt(child, name, launch)
    return { url, pid: child.pid as number, errors: child.stderr, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
