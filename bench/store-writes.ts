import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Draft } from '@parley/core'
import type { MessageId, RoomId, UserId } from '@parley/protocol'
import type { Order } from '../runtimes/node/src/sqlite/acts/table.ts'
import { sqliteDatabase } from '../runtimes/node/src/sqlite/database.ts'
import { groupWriter } from '../runtimes/node/src/sqlite/group-writer.ts'
import { openForWriting, prepareFile } from '../runtimes/node/src/sqlite/open-sql.ts'
import { calmness } from './src/calm.ts'
import { slowFsync } from './src/slow-fsync.ts'

/**
 * Whether the database is better written on the main thread or on one of its own: 32 writers append in a loop, on this
 * disk and with 2 ms added to each fsync, in interleaved rounds. After each answer the main thread is busy for as long as
 * a message costs a server that sends it on to nobody, to about 100 and to about 500 connections.
 * `node bench/store-writes.ts [ROUNDS]`
 */
const writers = 32
const secondsOfWork = 1
const ways = ['main', 'thread'] as const
const disks = ['plain', 'slow'] as const
const workMicroseconds = [0, 50, 250] as const

type Way = (typeof ways)[number]

interface Result {
  readonly perSecond: number
  /** Of the main thread, per message. */
  readonly mainMicroseconds: number
  readonly p99Ms: number
  /** How long others wait for the main thread. */
  readonly heldUpMs: number
}

const log = { info: () => {}, warn: () => {}, error: () => {} }
const from = { id: randomUUID() as UserId, name: 'Ana', kind: 'person' as const }
const draft = (): Draft => ({
  id: randomUUID() as MessageId,
  room: 'general' as RoomId,
  from,
  text: 'x'.repeat(120),
  at: new Date().toISOString(),
  origin: from.id,
})

/** The same groups, committed where they are collected. */
const onMainThread = (path: string) => {
  prepareFile(path, 0)
  const writer = groupWriter(() => openForWriting(path, 0))
  let waiting: { readonly order: Order; readonly resolve: () => void }[] = []
  const flush = (): void => {
    const group = waiting
    waiting = []
    writer.run(group.map(({ order }) => order))
    for (const { resolve } of group) resolve()
  }
  const append = (input: Draft): Promise<unknown> =>
    new Promise<void>((resolve) => {
      if (waiting.length === 0) setImmediate(flush)
      waiting.push({ order: { act: 'appendMessage', input }, resolve })
    })
  return { append, close: async () => writer.close() }
}

const onItsOwnThread = (path: string) => {
  const database = sqliteDatabase({ path, log })
  return { append: (input: Draft): Promise<unknown> => database.write('appendMessage', input), close: database.close }
}

const work = (microseconds: number): void => {
  const end = performance.now() + microseconds / 1000
  while (performance.now() < end);
}

const measure = async (way: Way, microseconds: number): Promise<Result> => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-store-'))
  const { append, close } = (way === 'main' ? onMainThread : onItsOwnThread)(join(folder, 'parley.db'))
  await Promise.all(Array.from({ length: 500 }, () => append(draft())))
  const took: number[] = []
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const cpu = process.threadCpuUsage()
  const start = performance.now()
  const end = start + secondsOfWork * 1000
  const write = async (): Promise<void> => {
    while (performance.now() < end) {
      const begin = performance.now()
      await append(draft())
      took.push(performance.now() - begin)
      work(microseconds)
    }
  }
  await Promise.all(Array.from({ length: writers }, write))
  const elapsed = performance.now() - start
  const { user, system } = process.threadCpuUsage(cpu)
  await close()
  await rm(folder, { recursive: true })
  took.sort((one, other) => one - other)
  return {
    perSecond: (took.length / elapsed) * 1000,
    mainMicroseconds: (user + system) / took.length,
    p99Ms: took[Math.floor(took.length * 0.99)] ?? 0,
    heldUpMs: delay.percentile(99) / 1e6,
  }
}

const median = (list: readonly number[]): number => list.toSorted((one, other) => one - other)[list.length >> 1] ?? 0

const compare = async (rounds: number): Promise<void> => {
  const calm = calmness(rounds * 60_000)
  const preload = await slowFsync()
  const results = new Map<string, Result[]>()
  for (let round = 0; round < rounds; round += 1) {
    for (const microseconds of workMicroseconds) {
      for (const disk of disks) {
        for (const way of ways) {
          await calm()
          const env = { ...process.env, ...(disk === 'slow' && { LD_PRELOAD: preload }) }
          const script = fileURLToPath(import.meta.url)
          const run = promisify(execFile)(process.execPath, [script, way, String(microseconds)], { env })
          const name = `${microseconds} us of work, ${disk} disk, ${way}`
          results.set(name, [...(results.get(name) ?? []), JSON.parse((await run).stdout) as Result])
        }
      }
    }
  }
  for (const [name, list] of results) {
    const of = (pick: (result: Result) => number) => median(list.map(pick))
    const rate = Math.round(of(({ perSecond }) => perSecond))
    const cpu = of(({ mainMicroseconds }) => mainMicroseconds).toFixed(1)
    const p99 = of(({ p99Ms }) => p99Ms).toFixed(1)
    const held = of(({ heldUpMs }) => heldUpMs).toFixed(1)
    console.log(`${name}: ${rate} messages/s, main thread ${cpu} us each, p99 ${p99} ms, others held up p99 ${held} ms`)
    console.log(`  all: ${list.map(({ perSecond }) => Math.round(perSecond)).join(' ')}`)
  }
}

const [first = '5', microseconds] = process.argv.slice(2)
const way = ways.find((name) => name === first)
if (way) console.log(JSON.stringify(await measure(way, Number(microseconds))))
else await compare(Number(first))
