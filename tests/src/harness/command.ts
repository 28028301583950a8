import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { atEnd } from './at-end.ts'
import { surroundings } from './server-process.ts'

export const cli = fileURLToPath(new URL('../../../apps/cli/src/main.ts', import.meta.url))

/** How a command ended, and all it wrote. */
export interface Ended {
  /** Null if it was killed. */
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** `parley` as somebody has started it, its input and output pipes. */
export interface Command {
  /** Writes a line to its input. */
  type(line: string): void
  /** Ends its input. */
  endInput(): void
  /** The first line of its output that fits and was not waited for before. Fails when none comes. */
  said(pattern: RegExp): Promise<string>
  /** The same of what it says apart from its output. */
  remarked(pattern: RegExp): Promise<string>
  readonly ended: Promise<Ended>
  kill(): void
}

/** Somebody's place to sit: a folder in which sessions are kept, and an environment. */
export interface Seat {
  /** Starts `parley`, its input open. */
  start(words: readonly string[], environment?: Readonly<Record<string, string>>): Command
  /** Runs `parley` to its end with this as its input. */
  run(words: readonly string[], input?: string, environment?: Readonly<Record<string, string>>): Promise<Ended>
  /** The folder of what is kept. */
  readonly state: string
  /** What everything is started with here. */
  readonly environment: Readonly<Record<string, string>>
}

const waitMs = 30_000

const lineReader = (stream: NodeJS.ReadableStream, ended: Promise<unknown>) => {
  let text = ''
  let taken = 0
  const listeners = new Set<() => void>()
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
    for (const listener of [...listeners]) listener()
  })
  const take = (pattern: RegExp): string | undefined => {
    const whole = text.slice(taken, text.lastIndexOf('\n') + 1)
    let passed = taken
    for (const line of whole.split('\n').slice(0, -1)) {
      passed += line.length + 1
      if (!pattern.test(line)) continue
      taken = passed
      return line
    }
    return undefined
  }
  const said = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const leave = (): void => {
        clearTimeout(timer)
        listeners.delete(look)
      }
      const fail = (why: string): void => {
        leave()
        reject(new Error(`no line fits ${pattern}: ${why}\n${text}`))
      }
      const look = (): void => {
        const line = take(pattern)
        if (line === undefined) return
        leave()
        resolve(line)
      }
      const timer = setTimeout(() => fail('nothing came in time'), waitMs)
      listeners.add(look)
      ended.then(() => {
        look()
        if (listeners.has(look)) fail('it ended')
      })
      look()
    })
  return { said, all: () => text }
}

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

const startCommand = (words: readonly string[], env: Readonly<Record<string, string>>): Command => {
  const child = spawn(process.execPath, [cli, ...words], { env, stdio: 'pipe' })
  running.add(child)
  const closed = new Promise<number | null>((resolve) => {
    child.on('close', (code) => {
      running.delete(child)
      resolve(code)
    })
  })
  const out = lineReader(child.stdout, closed)
  const err = lineReader(child.stderr, closed)
  child.stdin.on('error', () => {})
  return {
    type: (line) => child.stdin.write(`${line}\n`),
    endInput: () => child.stdin.end(),
    said: out.said,
    remarked: err.said,
    ended: closed.then((code) => ({ code, out: out.all(), err: err.all() })),
    kill: () => {
      child.kill('SIGKILL')
    },
  }
}

/** A place from which somebody uses the command line with a server. Goes with the test, or with the file. */
export const seat = async (server: string): Promise<Seat> => {
  const state = await mkdtemp(join(tmpdir(), 'parley-seat-'))
  const started: Command[] = []
  atEnd(async () => {
    for (const command of started) command.kill()
    await rm(state, { recursive: true, force: true })
  })
  const common = { ...surroundings(), XDG_STATE_HOME: state, PARLEY_URL: server, LC_ALL: 'C.UTF-8' }
  const start: Seat['start'] = (words, environment = {}) => {
    const command = startCommand(words, { ...common, ...environment })
    started.push(command)
    return command
  }
  return {
    state,
    environment: common,
    start,
    run: (words, input = '', environment = {}) => {
      const command = start(words, environment)
      if (input) command.type(input.replace(/\n$/, ''))
      command.endInput()
      return command.ended
    },
  }
}
