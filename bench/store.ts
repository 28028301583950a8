import { randomUUID } from 'node:crypto'
import { copyFile, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Draft, Store } from '@parley/core'
import { type MessageId, type RoomId, risingId, type UserId } from '@parley/protocol'
import { sqliteDatabase } from '../runtimes/node/src/sqlite/database.ts'
import { groupWriter } from '../runtimes/node/src/sqlite/group-writer.ts'
import { openForWriting, prepareFile } from '../runtimes/node/src/sqlite/open-sql.ts'
import { sqliteStore } from '../runtimes/node/src/sqlite/sqlite-store.ts'
import { calmness } from './src/calm.ts'

/**
 * How fast the database of one machine is: appending to an empty room and to one of a million messages, opening that
 * file, and reading from anywhere in it. `node bench/store.ts [MESSAGES]`
 */
const writers = 32
const secondsOfWriting = 5
const readings = 500
const size = { limit: 50, bytes: 100_000 }

const calm = calmness(120_000)
const log = { info: () => {}, warn: () => {}, error: () => {} }
const general = 'general' as RoomId
const ana = randomUUID() as UserId
/** Connections that send, in turn. */
const origins = Array.from({ length: 32 }, () => randomUUID())
let drafted = 0

const draft = (id: () => string): Draft => {
  drafted += 1
  return {
    id: id() as MessageId,
    room: general,
    from: { id: ana, name: 'Ana', kind: 'person' },
    text: 'x'.repeat(120),
    at: new Date().toISOString(),
    origin: origins[drafted % origins.length] ?? '',
  }
}

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0

const report = (name: string, milliseconds: readonly number[]): void => {
  const sorted = milliseconds.toSorted((one, other) => one - other)
  const [p50, p99, most] = [0.5, 0.99, 1].map((share) => percentile(sorted, share).toFixed(2))
  console.log(`${name}: p50 ${p50} ms, p99 ${p99} ms, most ${most} ms`)
}

const timed = async (act: () => Promise<unknown>): Promise<number> => {
  const start = performance.now()
  await act()
  return performance.now() - start
}

const appending = async (name: string, store: Store, id: () => string = randomUUID): Promise<void> => {
  await calm()
  const took: number[] = []
  const start = performance.now()
  const write = async (): Promise<void> => {
    while (performance.now() - start < secondsOfWriting * 1000)
      took.push(await timed(() => store.appendMessage(draft(id))))
  }
  await Promise.all(Array.from({ length: writers }, write))
  const seconds = (performance.now() - start) / 1000
  console.log(`${name}: ${Math.round(took.length / seconds)} messages/s, ${writers} at once`)
  report(`${name}, each`, took)
}

const fill = (path: string, messages: number): void => {
  prepareFile(path, 0)
  const writer = groupWriter(() => openForWriting(path, 0))
  const group = 5_000
  for (let done = 0; done < messages; done += group) {
    writer.run(Array.from({ length: group }, () => ({ act: 'appendMessage', input: draft(randomUUID) })))
  }
  writer.close()
}

const reading = async (name: string, read: (place: number) => Promise<unknown>, messages: number): Promise<void> => {
  const took: number[] = []
  for (let count = 0; count < readings; count += 1) {
    took.push(await timed(() => read(Math.floor(Math.random() * messages) + 1)))
  }
  report(name, took)
}

const messages = Number(process.argv[2] ?? 1_000_000)
const folder = await mkdtemp(join(tmpdir(), 'parley-bench-store-'))
const small = sqliteDatabase({ path: join(folder, 'small.db'), log })
await appending('append to an empty room', sqliteStore(small))
await appending('append to it, rising ids', sqliteStore(small), risingId)
await small.close()

const path = join(folder, 'big.db')
console.log(
  `filling a room with ${messages} messages took ${Math.round((await timed(async () => fill(path, messages))) / 1000)} s`,
)
console.log(`the file has ${Math.round((await stat(path)).size / 1e6)} MB`)
await calm()

const opening = async (name: string, file: string) => {
  const start = performance.now()
  const database = sqliteDatabase({ path: file, log })
  const store = sqliteStore(database)
  await store.history(general, {}, size)
  console.log(`${name}: ${(performance.now() - start).toFixed(0)} ms until the newest page is read`)
  return { database, store }
}

const { database, store } = await opening('open it', path)
await reading('history of 50 before a seq', (before) => store.history(general, { before }, size), messages)
await reading('messagesSince of 50 from a rev', (since) => store.messagesSince(general, since, size), messages)
await reading('standing', () => store.standing(general, ana), messages)
await appending('append to it', store)
await appending('append to it, rising ids', store, risingId)

const crashed = join(folder, 'crashed.db')
for (const end of ['', '-wal']) await copyFile(path + end, crashed + end)
console.log(`a crash leaves a log of ${Math.round((await stat(`${crashed}-wal`)).size / 1e6)} MB`)
const { database: recovered } = await opening('open it after the crash', crashed)
await recovered.close()

await database.close()
await rm(folder, { recursive: true })
