import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { schemaVersion } from './migrations.ts'
import { prepareFile } from './open-sql.ts'

/** What the step to version 4 has added, taken away. */
const undone = `
  DROP TABLE jobs;
  DROP TABLE usage;
  DROP TABLE summaries;
  DROP TABLE variants;
  DROP INDEX streams;
  ALTER TABLE messages DROP COLUMN run;
  ALTER TABLE messages DROP COLUMN lease_until;
  ALTER TABLE messages DROP COLUMN restarts;
  ALTER TABLE rooms DROP COLUMN bots;
  ALTER TABLE rooms DROP COLUMN bot;
  DROP INDEX bots;
  ALTER TABLE users DROP COLUMN bot;`

describe('preparing a file', () => {
  let folder: string
  let path: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-sqlite-'))
    path = join(folder, 'parley.db')
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const schema = () => {
    const db = new DatabaseSync(path)
    try {
      const version = db.prepare('PRAGMA user_version').get()?.user_version
      return { version, tables: db.prepare(`SELECT sql FROM sqlite_schema ORDER BY name`).all() }
    } finally {
      db.close()
    }
  }

  test('makes it for the owner only, with general', () => {
    prepareFile(path, 0)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    const db = new DatabaseSync(path)
    expect(db.prepare('SELECT id, kind, name, topic FROM rooms').all()).toMatchObject([
      { id: 'general', kind: 'public', name: 'general', topic: '' },
    ])
    expect(db.prepare('SELECT created_at FROM rooms').get()?.created_at).toMatch(
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
    )
    db.close()
  })

  test('again changes nothing', () => {
    prepareFile(path, 0)
    const before = schema()
    prepareFile(path, 0)
    expect(schema()).toStrictEqual(before)
    expect(before.version).toBe(schemaVersion)
  })

  test('a file of a newer version is refused in one line, and left as it is', () => {
    prepareFile(path, 0)
    const db = new DatabaseSync(path)
    db.exec('PRAGMA user_version = 99')
    db.close()
    expect(() => prepareFile(path, 0)).toThrow(
      `${path} was written by a newer Parley: its schema is 99, this one knows ${schemaVersion}.`,
    )
    expect(schema().version).toBe(99)
  })

  test('a step that fails leaves the file as it was', () => {
    const db = new DatabaseSync(path)
    db.exec('CREATE TABLE broadcasts (something)')
    db.close()
    expect(() => prepareFile(path, 0)).toThrow('already exists')
    expect(schema()).toMatchObject({ version: 0, tables: [{ sql: 'CREATE TABLE broadcasts (something)' }] })
  })

  test('a file of version 2 comes up with all its origins marked', () => {
    prepareFile(path, 0)
    const db = new DatabaseSync(path)
    const columns = 'place, room, rev, id, sender, sender_name, sender_kind, text, at, origin'
    db.exec(`
      ${undone}
      DROP INDEX marked_messages;
      ALTER TABLE messages DROP COLUMN marked;
      CREATE INDEX messages_by_origin ON messages (origin, at) WHERE origin IS NOT NULL;
      INSERT INTO messages (${columns}) VALUES (1, 1, 1, 'a', 'ana', 'Ana', 'person', '', '', 'c1');
      INSERT INTO messages (${columns}) VALUES (2, 1, 2, 'b', 'ana', 'Ana', 'person', '', '', NULL);
      PRAGMA user_version = 2`)
    prepareFile(path, 0)
    expect(db.prepare('SELECT id, marked FROM messages ORDER BY id').all()).toMatchObject([
      { id: 'a', marked: 1 },
      { id: 'b', marked: 0 },
    ])
    expect(db.prepare('PRAGMA user_version').get()).toMatchObject({ user_version: schemaVersion })
    db.close()
  })

  test('a reply that grew in a file of version 3 has no maker any more', () => {
    prepareFile(path, 0)
    const db = new DatabaseSync(path)
    const columns = 'place, room, rev, id, sender, sender_name, sender_kind, text, at, streaming'
    db.exec(`
      ${undone}
      INSERT INTO messages (${columns}) VALUES (1, 1, 7, 'a', 'bo', 'Bo', 'bot', '', '2026-01-01', 1);
      INSERT INTO messages (${columns}) VALUES (2, 1, 8, 'b', 'bo', 'Bo', 'bot', '', '2026-01-02', NULL);
      PRAGMA user_version = 3`)
    prepareFile(path, 0)
    expect(db.prepare('SELECT id, run, lease_until, restarts FROM messages ORDER BY id').all()).toMatchObject([
      { id: 'a', run: 7, lease_until: '2026-01-01', restarts: 0 },
      { id: 'b', run: null, lease_until: null, restarts: null },
    ])
    db.close()
  })
})
