import { Worker } from 'node:worker_threads'
import { Unavailable } from '@parley/core'
import type { ActName, Input, Order, Output } from './acts/table.ts'
import { type HealthLog, messageOf, type Reason } from './failures.ts'
import type { Outcome } from './group-writer.ts'
import type { WriterData, WriterMessage } from './writer-worker.ts'

export interface Writer {
  /** Done when it is on the disk. Rejects with {@link Unavailable} when the storage fails. */
  write<A extends ActName>(act: A, input: Input<A>): Promise<Output<A>>
  /** Writes what is waiting, then ends. */
  close(): Promise<void>
}

interface Waiting {
  readonly order: Order
  resolve(done: unknown): void
  reject(error: Error): void
}

/** More acts than this are not kept waiting: the disk is slower than what comes in. */
const waitingMax = 20_000

export interface WriterThreadOptions {
  /** Starts the thread; it is not there before the first act, and another takes its place when it dies. */
  start(): Worker
  readonly health: HealthLog
  /** Called after acts could not be done. */
  onFailure(): void
}

/** With none of the flags that this process may have been started with. */
export const startWriter = (data: WriterData): Worker =>
  new Worker(new URL('./writer-worker.ts', import.meta.url), { workerData: data, execArgv: [] })

/** Writes on a thread of its own: what a tick brings goes over in one message. */
export const writerThread = ({ start, health, onFailure }: WriterThreadOptions): Writer => {
  /** Of this tick. */
  let fresh: Waiting[] = []
  /** Handed over; outcomes come back in this order. */
  const underWay: Waiting[] = []
  let worker: Worker | undefined
  let closed = false

  const settle = ({ resolve, reject }: Waiting, outcome: Outcome): void => {
    if ('unavailable' in outcome) reject(new Unavailable(outcome.unavailable, outcome.cause))
    else if ('failed' in outcome) reject(new Error(outcome.failed))
    else resolve(outcome.done)
  }

  const failed = (reason: Reason, cause: string): void => {
    health.failed(reason, cause)
    onFailure()
  }

  const onOutcomes = (json: string): void => {
    const outcomes = JSON.parse(json) as readonly Outcome[]
    const first = outcomes[0]
    if (first && 'unavailable' in first) failed(first.unavailable, first.cause)
    else health.worked()
    const settled = underWay.splice(0, outcomes.length)
    for (const [index, waiting] of settled.entries()) settle(waiting, outcomes[index] as Outcome)
  }

  /** The next act starts another thread. */
  const onEnd = (cause: string): void => {
    worker = undefined
    if (underWay.length === 0) return
    failed('other', cause)
    for (const waiting of underWay.splice(0)) settle(waiting, { unavailable: 'other', cause })
  }

  const startThread = (): Worker => {
    const started = start()
    let cause = 'the thread that writes has ended'
    started.on('message', onOutcomes)
    started.on('error', (error) => {
      cause = messageOf(error)
    })
    started.on('exit', () => {
      if (worker === started) onEnd(cause)
    })
    return started
  }

  const post = (message: WriterMessage): void => {
    worker ??= startThread()
    worker.postMessage(message)
  }

  const flush = (): void => {
    const batch = fresh
    fresh = []
    if (batch.length === 0) return
    underWay.push(...batch)
    post({ orders: JSON.stringify(batch.map(({ order }) => order)) })
  }

  const write = <A extends ActName>(act: A, input: Input<A>): Promise<Output<A>> =>
    new Promise((resolve, reject) => {
      if (closed) return reject(new Unavailable('closed'))
      if (fresh.length + underWay.length >= waitingMax) return reject(new Unavailable('busy'))
      if (fresh.length === 0) setImmediate(flush)
      fresh.push({ order: { act, input } as Order, resolve: resolve as (done: unknown) => void, reject })
    })

  return {
    write,
    close: () =>
      new Promise((resolve) => {
        closed = true
        flush()
        if (!worker) return resolve()
        worker.once('exit', () => resolve())
        worker.postMessage('close' satisfies WriterMessage)
      }),
  }
}
