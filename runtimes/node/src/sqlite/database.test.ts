import { readFile } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import { type SessionId, Unavailable } from '@parley/core'
import type { MessageId, RoomId, UserId } from '@parley/protocol'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { healthLog } from './failures.ts'
import { sqliteStore } from './sqlite-store.ts'
import { type TemporaryDatabase, temporaryDatabase } from './testing/temporary-database.ts'
import { startWriter, writerThread } from './writer-thread.ts'

const draft = (number: number, room = 'general') => ({
  id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}` as MessageId,
  room: room as RoomId,
  from: { id: 'ana' as UserId, name: 'Ana', kind: 'person' as const },
  text: `text ${number}`,
  at: new Date(number).toISOString(),
})

/** How many commits the write-ahead log holds: the frames that say how long the file is after them. */
const commitsIn = (log: Buffer): number => {
  const frame = 24 + log.readUInt32BE(8)
  let commits = 0
  for (let at = 32; at + frame <= log.length; at += frame) {
    const current = log.subarray(at + 8, at + 16).equals(log.subarray(16, 24))
    if (current && log.readUInt32BE(at + 4) > 0) commits += 1
  }
  return commits
}

describe('a database', () => {
  let temporary: TemporaryDatabase
  beforeEach(async () => {
    temporary = await temporaryDatabase()
  })
  afterEach(() => temporary.stop())

  test('commits all that comes in a tick at once', async () => {
    const { write } = temporary.database()
    await write('appendMessage', draft(1))
    const before = commitsIn(await readFile(`${temporary.path}-wal`))
    await Promise.all(Array.from({ length: 100 }, (_, index) => write('appendMessage', draft(index + 2))))
    expect(commitsIn(await readFile(`${temporary.path}-wal`))).toBe(before + 1)
  })

  test('rejects the act that fails, with its reason, and does the others', async () => {
    const { write, read } = temporary.database()
    const [first, wrong, last] = await Promise.allSettled([
      write('appendMessage', draft(1)),
      write('appendMessage', draft(2, 'nowhere')),
      write('appendMessage', draft(3)),
    ])
    expect(first).toMatchObject({ value: { rev: 1 } })
    expect(wrong).toMatchObject({ reason: new Error('there is no room nowhere') })
    expect(last).toMatchObject({ value: { rev: 2 } })
    expect(read((sql) => sql.all('SELECT 1 FROM messages'))).toHaveLength(2)
    expect(temporary.lines).toStrictEqual([])
  })

  test('writes what is waiting before it closes, and nothing after', async () => {
    const database = temporary.database()
    const written = Promise.all([1, 2, 3].map((number) => database.write('appendMessage', draft(number))))
    await database.close()
    expect(await written).toHaveLength(3)
    await expect(database.write('appendMessage', draft(4))).rejects.toThrow(new Unavailable('closed'))
    await expect(sqliteStore(database).room('general' as RoomId)).rejects.toThrow(new Unavailable('closed'))
    const again = await temporary.reopen()
    expect(again.read((sql) => sql.all('SELECT 1 FROM messages'))).toHaveLength(3)
  })

  test('takes no more than it can keep waiting', async () => {
    const { write } = temporary.database()
    const all = await Promise.allSettled(
      Array.from({ length: 20_010 }, () => write('endSession', 'nobody' as SessionId)),
    )
    const refused = all.filter(({ status }) => status === 'rejected')
    expect(refused).toHaveLength(10)
    expect(refused[0]).toMatchObject({ reason: { reason: 'busy' } })
    await write('appendMessage', draft(1))
  })

  test('a thread that dies takes its acts with it; the next act starts another', async () => {
    const path = temporary.path
    let threads = 0
    const lines: string[] = []
    const line = (_fields: object, message: string) => void lines.push(message)
    const writer = writerThread({
      start: () => {
        threads += 1
        const dying = `require('node:worker_threads').parentPort.once('message', () => process.exit(1))`
        return threads === 1 ? new Worker(dying, { eval: true }) : startWriter({ path, patienceMs: 0 })
      },
      health: healthLog({ info: line, warn: line, error: line }, path, 'written'),
      onFailure: () => lines.push('distrust'),
    })
    const lost = await Promise.allSettled([1, 2].map((number) => writer.write('appendMessage', draft(number))))
    for (const one of lost) expect(one).toMatchObject({ status: 'rejected', reason: { reason: 'other' } })
    expect(await writer.write('appendMessage', draft(3))).toMatchObject({ rev: 1 })
    expect(lines).toStrictEqual([
      'The database cannot be written: other.',
      'distrust',
      'The database can be written again.',
    ])
    await writer.close()
  })
})
