import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { exportLines, importLines } from '@parley/core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { backUpData, dataArchive, restoreData } from './move-data.ts'
import { lockData } from './sqlite/data-lock.ts'
import { migrations, schemaVersion } from './sqlite/migrations.ts'
import { archiveFile } from './sqlite/testing/archive-file.ts'

const storage = JSON.stringify(new URL('./storage.ts', import.meta.url).href)

/** A server of a data folder that says one message after the other, and prints the rev of each that was answered. */
const talking = (data: string): string => `
  import { randomUUID } from 'node:crypto'
  import { openStorage } from ${storage}
  const log = { info() {}, warn() {}, error() {} }
  const { store } = await openStorage(${JSON.stringify(data)}, { log, clock: { now: Date.now } })
  const from = { id: '00000001-0000-4000-8000-000000000001', name: 'Ana', kind: 'person' }
  for (;;) {
    const draft = { id: randomUUID(), room: 'general', from, text: 'text', at: new Date().toISOString() }
    console.log((await store.appendMessage(draft)).stored.message.rev)
  }`

describe('the data of one machine', () => {
  let folder: string
  let children: ChildProcess[]
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-move-'))
    children = []
  })
  const killAll = async () => {
    for (const child of children.splice(0)) {
      const exit = once(child, 'exit')
      if (child.kill('SIGKILL')) await exit
    }
  }
  afterEach(async () => {
    await killAll()
    await rm(folder, { recursive: true })
  })

  const place = (name: string) => ({ PARLEY_DATA: join(folder, name) })
  const file = (name: string) => join(folder, name)
  const linesOf = async (name: string): Promise<string[]> => {
    const lines: string[] = []
    for await (const line of exportLines(dataArchive(place(name)), { passwords: true })) lines.push(line)
    return lines
  }
  const filled = async (name: string): Promise<void> => {
    await importLines(dataArchive(place(name)), archiveFile(5))
  }
  /** Lets a server talk, and answers how to know the rev that it has reached. */
  const letTalk = async (name: string, least: number): Promise<() => number> => {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', talking(file(name))], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    children.push(child)
    let reached = 0
    await new Promise<void>((resolve) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        reached = Number(line)
        if (reached >= least) resolve()
      })
    })
    return () => reached
  }
  const revsIn = (lines: readonly string[]): number[] =>
    lines.map((line) => JSON.parse(line)).flatMap(({ type, rev }) => (type === 'message' ? [rev] : []))

  test('is exported while a server writes, as it is at one moment, and after the server was killed', async () => {
    const reached = await letTalk('a', 20)
    const before = reached()
    const revs = revsIn(await linesOf('a'))
    expect(revs.length).toBeGreaterThanOrEqual(before)
    expect(revs).toStrictEqual(revs.map((_, index) => index + 1))
    await killAll()
    expect(revsIn(await linesOf('a')).length).toBeGreaterThanOrEqual(reached())
  })

  test('is backed up while a server writes, and restored as it was', async () => {
    const reached = await letTalk('a', 20)
    const before = reached()
    const bytes = await backUpData(place('a'), file('backup.db'))
    expect(await stat(file('backup.db'))).toMatchObject({ size: bytes })
    expect((await stat(file('backup.db'))).mode & 0o777).toBe(0o600)
    await restoreData(place('b'), file('backup.db'))
    expect(await readdir(file('b'))).toStrictEqual(['parley.db', 'parley.lock'])
    const revs = revsIn(await linesOf('b'))
    expect(revs.length).toBeGreaterThanOrEqual(before)
    expect(revs).toStrictEqual(revs.map((_, index) => index + 1))
    await letTalk('b', revs.length + 1)
  })

  test('a backup is the same chat, without the key', async () => {
    await filled('a')
    await writeFile(file('a/signing.key'), 'the key of the tokens')
    await backUpData(place('a'), file('backup.db'))
    expect((await readFile(file('backup.db'))).includes('the key of the tokens')).toBe(false)
    await restoreData(place('b'), file('backup.db'))
    expect(await linesOf('b')).toStrictEqual(await linesOf('a'))
    expect((await readdir(folder)).sort()).toStrictEqual(['a', 'b', 'backup.db'])
  })

  test('a backup overwrites nothing', async () => {
    await filled('a')
    await writeFile(file('backup.db'), 'precious')
    await expect(backUpData(place('a'), file('backup.db'))).rejects.toThrow(
      `${file('backup.db')} exists already. Nothing is overwritten.`,
    )
    expect(await readFile(file('backup.db'), 'utf8')).toBe('precious')
  })

  test('there is nothing to back up or to export where there is nothing', async () => {
    const nothing = `There is nothing in ${file('a')} yet.`
    await expect(backUpData(place('a'), file('backup.db'))).rejects.toThrow(nothing)
    await expect(linesOf('a')).rejects.toThrow(nothing)
    expect(await readdir(folder)).toStrictEqual([])
  })

  test('a restore overwrites nothing', async () => {
    await filled('a')
    await backUpData(place('a'), file('backup.db'))
    const before = await linesOf('a')
    await expect(restoreData(place('a'), file('backup.db'))).rejects.toThrow('There is a chat in')
    expect(await linesOf('a')).toStrictEqual(before)
  })

  test('nothing is imported or restored where a server runs', async () => {
    await filled('a')
    await backUpData(place('a'), file('backup.db'))
    await mkdir(file('b'))
    const lock = lockData(file('b'))
    const refused = `A server runs on ${file('b')}. Stop it first`
    await expect(restoreData(place('b'), file('backup.db'))).rejects.toThrow(refused)
    await expect(importLines(dataArchive(place('b')), archiveFile(5))).rejects.toThrow(refused)
    expect(existsSync(file('b/parley.db'))).toBe(false)
    if (lock !== 'taken') lock.release()
    await restoreData(place('b'), file('backup.db'))
  })

  test('what is no backup is not restored', async () => {
    await filled('a')
    await backUpData(place('a'), file('backup.db'))
    await writeFile(file('text'), 'no database at all, but long enough to look like one'.repeat(100))
    await writeFile(file('empty'), '')
    new DatabaseSync(file('other')).exec('CREATE TABLE rooms (id); PRAGMA user_version = 1')
    for (const name of ['text', 'empty', 'other']) {
      await expect(restoreData(place('b'), file(name))).rejects.toThrow(`${file(name)} is no database of Parley.`)
    }
    await expect(restoreData(place('b'), file('gone'))).rejects.toThrow(`There is no file ${file('gone')}.`)

    await copyFile(file('backup.db'), file('newer'))
    new DatabaseSync(file('newer')).exec('PRAGMA user_version = 99')
    await expect(restoreData(place('b'), file('newer'))).rejects.toThrow('was written by a newer Parley')

    await copyFile(file('backup.db'), file('cut'))
    await truncate(file('cut'), (await stat(file('cut'))).size / 2)
    await expect(restoreData(place('b'), file('cut'))).rejects.toThrow(/malformed|damaged|no database/)
    expect(existsSync(file('b/parley.db'))).toBe(false)
    expect((await readdir(file('b'))).filter((name) => name.includes('partial'))).toStrictEqual([])
  })

  test('a log that was left behind is not taken for that of the restored file', async () => {
    await filled('a')
    await backUpData(place('a'), file('backup.db'))
    await mkdir(file('b'))
    await writeFile(file('b/parley.db-wal'), 'the log of another file')
    await expect(restoreData(place('b'), file('backup.db'))).rejects.toThrow('Move it away, too.')
  })

  test('what an older version left is brought up to date to be exported', async () => {
    await mkdir(file('a'))
    const db = new DatabaseSync(file('a/parley.db'))
    db.exec(`${migrations[0]}; PRAGMA user_version = 1`)
    db.exec(`UPDATE rooms SET topic = 'as it was in version 1'`)
    db.close()
    const lock = lockData(file('a'))
    await expect(linesOf('a')).rejects.toThrow(`its schema is 1, not ${schemaVersion}.`)
    if (lock !== 'taken') lock.release()
    expect((await linesOf('a')).join('')).toContain('as it was in version 1')
  })
})
