import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Draft } from '@parley/core'
import type { MessageId, RoomId, UserId } from '@parley/protocol'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Order } from './acts/table.ts'
import { type GroupWriter, groupWriter, type Outcome } from './group-writer.ts'
import { openForReading, openForWriting, prepareFile } from './open-sql.ts'

const general = 'general' as RoomId

const append = (number: number, text = `text ${number}`, room = general): Order => {
  const id = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}` as MessageId
  const from = { id: 'ana' as UserId, name: 'Ana', kind: 'person' as const }
  const input: Draft = { id, room, from, text, at: new Date(number).toISOString() }
  return { act: 'appendMessage', input }
}

const rev = (outcome: Outcome | undefined): unknown => (outcome as { done?: { rev: number } } | undefined)?.done?.rev

describe('a group writer', () => {
  let folder: string
  let path: string
  /** What is set on a connection when it is opened: the storage, as it is at that time. */
  let pragmas: readonly string[]
  let statements: string[]
  let writer: GroupWriter

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-sqlite-'))
    path = join(folder, 'parley.db')
    pragmas = []
    statements = []
    prepareFile(path, 0)
    writer = groupWriter(() => {
      const sql = openForWriting(path, 0)
      for (const pragma of pragmas) sql.all(`PRAGMA ${pragma}`)
      return {
        ...sql,
        run: (text, ...values) => {
          statements.push(text)
          return sql.run(text, ...values)
        },
      }
    })
  })
  afterEach(() => {
    writer.close()
    rmSync(folder, { recursive: true })
  })

  const texts = (): readonly string[] => {
    const sql = openForReading(path)
    try {
      return sql.all<{ text: string }>('SELECT text FROM messages ORDER BY place').map(({ text }) => text)
    } finally {
      sql.close()
    }
  }
  const commits = () => statements.filter((statement) => statement === 'COMMIT').length

  test('does a group in one transaction', () => {
    const outcomes = writer.run([append(1), append(2), append(3)])
    expect(outcomes.map(rev)).toStrictEqual([1, 2, 3])
    expect(commits()).toBe(1)
    expect(texts()).toStrictEqual(['text 1', 'text 2', 'text 3'])
  })

  test('an act that fails fails alone, wherever in the group it stands', () => {
    const wrong = append(9, 'wrong', 'nowhere' as RoomId)
    const outcomes = writer.run([wrong, append(1), wrong, append(2), wrong])
    expect(outcomes.map(rev)).toStrictEqual([undefined, 1, undefined, 2, undefined])
    for (const index of [0, 2, 4]) expect(outcomes[index]).toStrictEqual({ failed: 'there is no room nowhere' })
    expect(commits()).toBe(1)
    expect(texts()).toStrictEqual(['text 1', 'text 2'])
    expect(writer.run([append(3)]).map(rev)).toStrictEqual([3])
  })

  test('of an act that fails half way nothing stays', () => {
    const members = [
      { room: 'club' as RoomId, user: 'nobody' as UserId, role: 'admin' as const, joinedAt: '', read: 0 },
    ]
    const room = { id: 'club' as RoomId, kind: 'public' as const, name: '', topic: '', createdAt: '' }
    const outcomes = writer.run([{ act: 'createRoom', input: { room, members } }, append(1)])
    expect(outcomes[0]).toMatchObject({ failed: expect.stringContaining('FOREIGN KEY') })
    expect(rev(outcomes[1])).toBe(1)
    expect(writer.run([append(2, 'text', 'club' as RoomId)])[0]).toStrictEqual({ failed: 'there is no room club' })
  })

  test('a full disk takes nothing of a group; with room again it goes on', () => {
    expect(writer.run([append(1)]).map(rev)).toStrictEqual([1])
    writer.close()
    pragmas = ['max_page_count = 1']
    const big = 'x'.repeat(30_000)
    const outcomes = writer.run([append(2), append(3, big), append(4)])
    expect(outcomes).toMatchObject([{ unavailable: 'full' }, { unavailable: 'full' }, { unavailable: 'full' }])
    expect(texts()).toStrictEqual(['text 1'])
    pragmas = []
    expect(writer.run([append(2), append(4)]).map(rev)).toStrictEqual([2, 3])
    expect(texts()).toStrictEqual(['text 1', 'text 2', 'text 4'])
  })

  test('a file that cannot be written takes nothing; when it can it goes on', () => {
    pragmas = ['query_only = ON']
    expect(writer.run([append(1), append(2)])).toMatchObject([
      { unavailable: 'read-only' },
      { unavailable: 'read-only' },
    ])
    expect(texts()).toStrictEqual([])
    pragmas = []
    expect(writer.run([append(1)]).map(rev)).toStrictEqual([1])
  })

  test('a file that another process holds takes nothing; when it is free it goes on', () => {
    const other = new DatabaseSync(path)
    other.exec('BEGIN EXCLUSIVE')
    expect(writer.run([append(1)])).toMatchObject([{ unavailable: 'locked' }])
    other.exec('ROLLBACK')
    expect(writer.run([append(1)]).map(rev)).toStrictEqual([1])
    other.close()
  })
})
