import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Measured, Measurement } from './load/room.ts'
import type { WireName } from './load/wires.ts'
import type { Answer, Order } from './load.ts'
import { pinned } from './servers.ts'

/** The load generator's process, on the second core. */
export interface Generator {
  /** Opens connections until there are so many; `expected` is how many there will be at the end. */
  open(url: string, wire: WireName, members: number, expected?: number): Promise<void>
  measure(measurement: Measurement): Promise<Measured>
  stop(): Promise<void>
}

export const startGenerator = (): Generator => {
  const [command = process.execPath, ...wrapped] = [...pinned(1), process.execPath]
  const child = fork(fileURLToPath(new URL('load.ts', import.meta.url)), {
    ...(wrapped.length > 0 && { execPath: command, execArgv: wrapped }),
  })
  const over = once(child, 'exit')
  const ask = async (order: Order): Promise<Answer> => {
    child.send(order)
    const answer = (await Promise.race([
      once(child, 'message').then(([said]) => said),
      over.then(() => ({ error: 'the load generator has ended' })),
    ])) as Answer
    if ('error' in answer) throw new Error(answer.error)
    return answer
  }
  return {
    open: async (url, wire, members, expected = members) =>
      void (await ask({ do: 'open', url, wire, members, expected })),
    measure: async (measurement) => {
      const answer = await ask({ do: 'measure', ...measurement })
      if (!('measured' in answer) || !answer.measured) throw new Error('the load generator measured nothing')
      return answer.measured
    },
    stop: async () => {
      if (child.connected) child.disconnect()
      await over
    },
  }
}
