import { fileURLToPath } from 'node:url'
import type { FaultPlan } from '@parley/runtime-aws/emulator'
import { inject } from 'vitest'
import type { Deployment, Settings } from './deployment.ts'
import { ask } from './http.ts'
import { type ServerProcess, startProcess } from './server-process.ts'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const main = at('../../../runtimes/aws/emulator/main.ts')
const quickPasswords = at('./quick-passwords.ts')

/** The serverless runtime: the synthesized stack on what stands in for AWS. Its data is gone when it ends. */
export interface AwsDeployment extends Deployment {
  /** What whoever owns the account asks the function that is for that. */
  administer(command: object): Promise<unknown>
  /** Puts the clock of the gateway and the queues forward. */
  advance(ms: number): Promise<void>
  /** From now on this goes wrong; nothing, by an empty plan. */
  setFaults(plan: FaultPlan): Promise<void>
  /** How many functions have died of what was planned last. */
  deaths(): Promise<number>
}

const unable = async (): Promise<never> => {
  throw new Error('what runs as functions cannot be stopped and started again')
}

/** Emulators that nobody uses: their code is warm. What they had is gone when they begin anew. */
const idle: ServerProcess[] = []
/** Stacks that one runs, one after another: the modules of all their functions stay in its memory. */
const stacksMax = 12
const stacks = new WeakMap<ServerProcess, number>()

const tellEmulator = async (emulator: ServerProcess, wish: object): Promise<unknown> => {
  const { answer } = (await emulator.tell(wish)) as { readonly answer?: unknown }
  if (typeof answer === 'object' && answer !== null && 'failed' in answer) throw new Error(String(answer.failed))
  return answer
}

/** An emulator that runs an empty stack with these settings, and its address. */
const begin = async (settings: Settings): Promise<readonly [emulator: ServerProcess, url: string]> => {
  const kept = idle.pop()
  if (kept) return [kept, String(await tellEmulator(kept, { begin: settings }))]
  const started = startProcess({
    arguments: ['--import', quickPasswords, main],
    settings: { ...settings, PARLEY_STACK: inject('stack') },
  })
  return [started, await started.ready]
}

export const awsDeployment = async (settings: Settings = {}): Promise<AwsDeployment> => {
  const [server, url] = await begin({
    PORT: '0',
    PARLEY_RATE: 'off',
    PARLEY_GUESTS: 'on',
    // Rates are counted by each environment of a function.
    ...(settings.PARLEY_RATE && { PARLEY_CONCURRENCY: '1' }),
    ...settings,
  })
  const tell = (wish: object): Promise<unknown> => tellEmulator(server, wish)
  let ended = false
  const end = <T>(how: () => Promise<T>): Promise<T> => {
    ended = true
    return how()
  }
  return {
    url,
    administer: (command) => tell({ administer: command }),
    addAccount: async (name, role, password) => {
      const answer = await tell({ administer: { action: 'add-account', name, role, password } })
      if (typeof answer !== 'object' || answer === null || 'refused' in answer) throw new Error(JSON.stringify(answer))
    },
    advance: async (advanceMs) => void (await tell({ advanceMs })),
    setFaults: async (faults) => void (await tell({ faults })),
    deaths: async () => Number(await tell({ question: 'deaths' })),
    stop: () => end(server.stop),
    kill: () => end(server.kill),
    restart: unable,
    crashed: async () => {
      if (ended) return undefined
      const answer = await ask(url, 'GET', '/api/health').catch(String)
      return typeof answer === 'object' && answer.status === 200 ? undefined : server.output().err.slice(-4_000)
    },
    dispose: async () => {
      if (ended) return
      ended = true
      const count = (stacks.get(server) ?? 0) + 1
      stacks.set(server, count)
      if (count < stacksMax) idle.push(server)
      else await server.kill()
    },
  }
}
