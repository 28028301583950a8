import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import type { WireName } from './load/wires.ts'
import { slowFsync } from './slow-fsync.ts'

/** A server under test, in a process of its own. */
export interface Running {
  readonly url: string
  readonly pid: number
  /** Its standard error. */
  readonly errors: Readable
  stop(): Promise<void>
}

export interface Host {
  readonly file: string
  readonly wire: WireName
  /** Whether it wants a fresh folder in `PARLEY_DATA`. */
  readonly keepsData?: boolean
  /** Whether its disk is made slower. */
  readonly slowDisk?: boolean
}

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url))

const parley = here('../../runtimes/node/src/main.ts')

export const hosts = {
  'raw ws': { file: here('hosts/raw-ws.ts'), wire: 'plain' },
  'ws, frame once': { file: here('hosts/ws-frame-once.ts'), wire: 'plain' },
  'ws, joined': { file: here('hosts/ws-joined.ts'), wire: 'plain' },
  'Socket.IO': { file: here('hosts/socket-io.ts'), wire: 'socket.io' },
  Parley: { file: parley, wire: 'parley', keepsData: true },
  'Parley, slow disk': { file: parley, wire: 'parley', keepsData: true, slowDisk: true },
} as const satisfies Record<string, Host>
export type HostName = keyof typeof hosts

const settings = { PARLEY_RATE: 'off', PARLEY_GUESTS: 'on', HOST: '127.0.0.1', PORT: '0' }
const readyWithinMs = 20_000
const stopWithinMs = 8_000

/** Everything but the server runs on the second core, and the server on the first, where cores can be chosen. */
export const pinned = (core: 0 | 1): readonly string[] =>
  existsSync('/usr/bin/taskset') ? ['/usr/bin/taskset', '-c', String(core)] : []

/** Reads what a child says until it says where it is ready. */
const readyAt = (child: ChildProcess, name: string): Promise<string> =>
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
      const url = /ready at (http:\S+)/.exec(said)?.[1]
      if (!url) return
      clearTimeout(late)
      resolve(url)
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.on('exit', (code) => fail(`ended with ${code} before it was ready`))
  })

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
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
  const folder = host.keepsData ? await mkdtemp(join(tmpdir(), 'parley-bench-')) : undefined
  const line = [...pinned(0), process.execPath, ...nodeOptions, host.file]
  const child = spawn(line[0] as string, line.slice(1), {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...(folder && { ...settings, PARLEY_DATA: folder }), ...preloaded, ...others },
  })
  running.add(child)
  const over = once(child, 'exit')
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    const killer = setTimeout(() => child.kill('SIGKILL'), stopWithinMs)
    await over
    clearTimeout(killer)
    running.delete(child)
    if (folder) await rm(folder, { recursive: true, force: true })
  }
  try {
    const url = await readyAt(child, name)
    return { url, pid: child.pid as number, errors: child.stderr, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
