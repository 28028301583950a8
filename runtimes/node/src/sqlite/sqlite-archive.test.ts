import { existsSync } from 'node:fs'
import { readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type Account, assistantId, BadLine, importLines, type Log, NotEmpty } from '@parley/core'
import { archiveContract } from '@parley/core/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type SqliteDatabase, sqliteDatabase } from './database.ts'
import { schemaVersion } from './migrations.ts'
import { prepareFile } from './open-sql.ts'
import { sqliteArchive } from './sqlite-archive.ts'
import { sqliteStore } from './sqlite-store.ts'
import { archiveFile } from './testing/archive-file.ts'
import { temporaryFolder } from './testing/temporary-database.ts'

const log: Log = { info: () => {}, warn: () => {}, error: () => {} }

archiveContract(
  'SQLite archive',
  async () => {
    const folder = await temporaryFolder()
    const path = join(folder, 'parley.db')
    prepareFile(path, 0)
    let database: SqliteDatabase | undefined
    const close = async () => {
      await database?.close()
      database = undefined
    }
    return {
      archive: sqliteArchive(path),
      async open() {
        await close()
        database = sqliteDatabase({ path, log })
        return sqliteStore(database)
      },
      close,
      async stop() {
        await close()
        await rm(folder, { recursive: true })
      },
    }
  },
  { runs: 10 },
)

describe('a SQLite archive', () => {
  let folder: string
  let path: string
  beforeEach(async () => {
    folder = await temporaryFolder()
    path = join(folder, 'parley.db')
  })
  afterEach(() => rm(folder, { recursive: true }))

  test('fills a file that a server has made and nobody has come to, but its assistant', async () => {
    const assistant: Account = {
      id: assistantId,
      name: 'assistant',
      kind: 'bot',
      role: 'member',
      banned: false,
      createdAt: '2026-01-01T00:00:00.000Z',
      bot: { runs: 'here' },
    }
    const database = sqliteDatabase({ path, log })
    await sqliteStore(database).addUser(assistant)
    await database.close()
    await importLines(sqliteArchive(path), archiveFile(3))
    const filled = sqliteDatabase({ path, log })
    expect(await sqliteStore(filled).bots()).toStrictEqual([])
    await sqliteStore(filled).addUser(assistant)
    await filled.close()
    await expect(importLines(sqliteArchive(path), archiveFile(3))).rejects.toThrow(NotEmpty)
  })

  test('makes the file where there is none, for the owner only, and leaves nothing beside it', async () => {
    await importLines(sqliteArchive(path), archiveFile(3))
    expect(await readdir(folder)).toStrictEqual(['parley.db'])
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    const db = new DatabaseSync(path)
    expect(db.prepare('PRAGMA integrity_check').get()).toStrictEqual({ integrity_check: 'ok', __proto__: null })
    expect(db.prepare('PRAGMA user_version').get()?.user_version).toBe(schemaVersion)
    db.close()
  })

  test('makes no file where it is refused', async () => {
    const broken = async function* () {
      yield Buffer.from('{}\n')
    }
    await expect(importLines(sqliteArchive(path), broken())).rejects.toThrow(BadLine)
    expect(await readdir(folder)).toStrictEqual([])
  })

  test('begins anew where another died before its end', async () => {
    await writeFile(`${path}.new`, 'half of a database')
    await writeFile(`${path}.new-journal`, 'half of a journal')
    await importLines(sqliteArchive(path), archiveFile(3))
    expect(await readdir(folder)).toStrictEqual(['parley.db'])
  })

  test('takes in what the log of an empty file holds, so that none is left beside the new one', async () => {
    prepareFile(path, 0)
    const db = new DatabaseSync(path)
    db.exec(`UPDATE rooms SET topic = 'only in the log'`)
    expect(existsSync(`${path}-wal`)).toBe(true)
    const importing = importLines(sqliteArchive(path), archiveFile(3))
    await expect(importing).rejects.toThrow('unavailable: locked')
    db.close()
    await importLines(sqliteArchive(path), archiveFile(3))
    expect(await readdir(folder)).toStrictEqual(['parley.db'])
  })

  test('does not take a log for its own that was left of another file', async () => {
    await writeFile(`${path}-wal`, 'a log')
    await expect(importLines(sqliteArchive(path), archiveFile(3))).rejects.toThrow('Move it away, too.')
    expect(await readdir(folder)).toStrictEqual(['parley.db-wal'])
  })

  test('refuses to read a schema that it does not know', async () => {
    prepareFile(path, 0)
    const db = new DatabaseSync(path)
    db.exec('PRAGMA user_version = 99')
    db.close()
    await expect(sqliteArchive(path).read({ passwords: false })[Symbol.asyncIterator]().next()).rejects.toThrow(
      `${path} is in use by a Parley of another version: its schema is 99, not ${schemaVersion}.`,
    )
  })
})
