import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { MessageId, RoomId } from '@parley/protocol'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sqliteDatabase } from './database.ts'
import { sqliteStore } from './sqlite-store.ts'
import { temporaryFolder } from './testing/temporary-database.ts'

const general = 'general' as RoomId
const log = { info: () => {}, warn: () => {}, error: () => {} }
const here = (file: string): string => JSON.stringify(new URL(file, import.meta.url).href)

/** Appends without end, 16 at once, sends every id a second time, and prints each rev and id when it is answered. */
const appending = (path: string): string => `
  import { randomUUID } from 'node:crypto'
  import { sqliteDatabase } from ${here('./database.ts')}
  import { sqliteStore } from ${here('./sqlite-store.ts')}
  const log = { info() {}, warn() {}, error() {} }
  const store = sqliteStore(sqliteDatabase({ path: ${JSON.stringify(path)}, log }))
  const from = { id: 'ana', name: 'Ana', kind: 'person' }
  const append = async () => {
    for (;;) {
      const draft = { id: randomUUID(), room: 'general', from, text: 'text', at: new Date().toISOString() }
      const [{ stored }] = await Promise.all([store.appendMessage(draft), store.appendMessage(draft)])
      process.stdout.write(stored.message.rev + ' ' + stored.message.id + '\\n')
    }
  }
  for (let writer = 0; writer < 16; writer += 1) append()`

describe('a process that is killed', () => {
  let folder: string
  beforeEach(async () => {
    folder = await temporaryFolder()
  })
  afterEach(() => rm(folder, { recursive: true }))

  test('leaves everything that it has answered, each once', async () => {
    const path = join(folder, 'parley.db')
    const answered = new Map<number, string>()
    for (const least of [200, 500, 800]) {
      const child = spawn(process.execPath, ['--input-type=module', '--eval', appending(path)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const exit = once(child, 'exit')
      for await (const line of createInterface({ input: child.stdout })) {
        const [rev, id] = line.split(' ')
        answered.set(Number(rev), id ?? '')
        if (answered.size >= least) child.kill('SIGKILL')
      }
      await exit
    }

    const database = sqliteDatabase({ path, log })
    const store = sqliteStore(database)
    const { messages, rev } = await store.history(general, {}, { limit: 1_000_000, bytes: 1_000_000_000 })
    expect(messages.map(({ message }) => message.rev)).toStrictEqual(messages.map((_, index) => index + 1))
    expect(rev).toBe(messages.length)
    expect(new Set(messages.map(({ message }) => message.id)).size).toBe(messages.length)
    expect(answered.size).toBeGreaterThanOrEqual(800)
    for (const [place, id] of answered) expect(messages[place - 1]?.message.id).toBe(id as MessageId)
    await database.close()
  })
})
