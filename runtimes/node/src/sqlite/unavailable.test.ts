import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Log, SessionId, Store, Unavailable } from '@parley/core'
import type { ConnectionId, MessageId, RoomId, UserId } from '@parley/protocol'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type SqliteDatabase, sqliteDatabase } from './database.ts'
import { sqliteConnections } from './sqlite-connections.ts'
import { sqliteStore } from './sqlite-store.ts'
import { temporaryFolder } from './testing/temporary-database.ts'

const room = 'general' as RoomId
const user = '00000000-0000-4000-8000-000000000001' as UserId
const session = '00000000-0000-4000-8000-000000000002' as SessionId
const at = new Date(0).toISOString()
const from = { id: user, name: 'Ana', kind: 'person' as const }
const message = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}` as MessageId
const draft = (number: number, text = 'text') => ({ id: message(number), room, from, text, at })
const membership = { room, user, role: 'member' as const, joinedAt: at, read: 0 }
const facts = { id: 'club' as RoomId, kind: 'public' as const, name: 'club', topic: '', createdAt: at }
const account = { ...from, role: 'member' as const, banned: false, createdAt: at }
const size = { limit: 50, bytes: 100_000 }

/** A call of every method that writes. */
const writes = (store: Store): Record<string, () => Promise<unknown>> => ({
  addUser: () => store.addUser(account),
  changeUser: () => store.changeUser(user, { banned: true }),
  addSession: () => store.addSession({ id: session, user, createdAt: at, expiresAt: at }),
  renewSession: () => store.renewSession(session, at),
  endSession: () => store.endSession(session),
  endSessionsOf: () => store.endSessionsOf(user),
  addTicket: () => store.addTicket({ hash: 'hash', user, session, expiresAt: at }),
  redeemTicket: () => store.redeemTicket('hash', at),
  createRoom: () => store.createRoom(facts, []),
  changeRoom: () => store.changeRoom(room, { name: 'x' }),
  addMember: () => store.addMember(membership),
  changeMemberRole: () => store.changeMemberRole(room, user, 'admin'),
  removeMember: () => store.removeMember(room, user),
  moveMarker: () => store.moveMarker(room, user, 1),
  appendMessage: () => store.appendMessage(draft(1)),
  changeMessage: () => store.changeMessage(room, message(1), { kind: 'delete', at }),
  growMessage: () => store.growMessage(room, message(1), { at: 0, text: 'text', leaseUntil: at }),
  leaseStream: () => store.leaseStream(room, message(1), { run: 1, until: at }),
  keepVariant: () => store.keepVariant(room, message(1), { index: 0, text: 'text' }),
  forgetVariants: () => store.forgetVariants(room, message(1)),
  keepSummary: () => store.keepSummary(room, { seq: 1, rev: 1, text: 'text' }),
  addBroadcast: () => store.addBroadcast({ id: message(1), from, text: 'text', at }),
})

/** A call of every method that reads. */
const reads = (store: Store): Record<string, () => Promise<unknown>> => ({
  user: () => store.user(user),
  users: () => store.users([user]),
  userByName: () => store.userByName('Ana'),
  findUsers: () => store.findUsers('A', 10),
  accounts: () => store.accounts({ limit: 10 }),
  bots: () => store.bots(),
  session: () => store.session(session),
  room: () => store.room(room),
  publicRooms: () => store.publicRooms({ limit: 10 }),
  standing: () => store.standing(room, user),
  memberships: () => store.memberships(user),
  overviews: () => store.overviews(user, [room]),
  members: () => store.members(room, { limit: 10 }),
  message: () => store.message(room, message(1)),
  messagesSince: () => store.messagesSince(room, 0, size),
  history: () => store.history(room, {}, size),
  revs: () => store.revs([room]),
  orphans: () => store.orphans(at),
  variant: () => store.variant(room, message(1), 0),
  summary: () => store.summary(room),
  latestMessage: () => store.latestMessage(user, 'origin', at, at),
  latestBroadcast: () => store.latestBroadcast(at, at),
})

/** What became of each call: the reason, or 'answered'. */
const reasonsOf = async (calls: Record<string, () => Promise<unknown>>): Promise<Record<string, string>> => {
  const outcomes = await Promise.all(
    Object.entries(calls).map(async ([name, call]) => [
      name,
      await call().then(
        () => 'answered',
        (error: Unavailable) => error.reason,
      ),
    ]),
  )
  return Object.fromEntries(outcomes)
}
const allOf = (calls: object, reason: string) => Object.fromEntries(Object.keys(calls).map((name) => [name, reason]))

const remount = (disk: string, option: string) => execFileSync('mount', ['-o', `remount,${option}`, disk])
const unmount = (disk: string) => execFileSync('umount', [disk])
const mounted: string[] = []
const mountDisk = (folder: string, size: string): string => {
  const disk = join(folder, 'disk')
  mkdirSync(disk)
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', disk], { stdio: 'ignore' })
  mounted.push(disk)
  return disk
}

/** Whether this process may mount a disk of its own, as root on Linux does: permissions do not stop root, a disk does. */
const mountsAllowed = await temporaryFolder().then(async (folder) => {
  try {
    mountDisk(folder, '1m')
    unmount(mounted.pop() as string)
    return true
  } catch {
    return false
  } finally {
    await rm(folder, { recursive: true })
  }
})

describe('when the storage fails', () => {
  let folder: string
  let path: string
  let lines: string[]
  let database: SqliteDatabase
  let store: Store

  const open = () => {
    const line = (_fields: object, text: string): void => {
      lines.push(text)
    }
    const log: Log = { info: line, warn: line, error: line }
    database = sqliteDatabase({ path, log, patienceMs: 20 })
    store = sqliteStore(database)
  }

  beforeEach(async () => {
    folder = await temporaryFolder()
    path = join(folder, 'parley.db')
    lines = []
  })
  afterEach(async () => {
    await database.close()
    for (const disk of mounted.splice(0)) unmount(disk)
    await rm(folder, { recursive: true })
  })

  test('every method of the store is in these tests', () => {
    open()
    expect(Object.keys({ ...writes(store), ...reads(store) }).sort()).toStrictEqual(Object.keys(store).sort())
  })

  test('a locked file: nothing is written, reading goes on, and all is well when it is free', async () => {
    open()
    await store.addUser(account)
    const other = new DatabaseSync(path)
    other.exec('BEGIN EXCLUSIVE')
    expect(await reasonsOf(writes(store))).toStrictEqual(allOf(writes(store), 'locked'))
    expect(await reasonsOf(writes(store))).toStrictEqual(allOf(writes(store), 'locked'))
    expect(await reasonsOf(reads(store))).toStrictEqual(allOf(reads(store), 'answered'))
    expect(lines).toStrictEqual(['The database cannot be written: locked.'])
    other.exec('ROLLBACK')
    other.close()
    expect(await store.appendMessage(draft(1))).toMatchObject({ repeated: false, stored: { message: { rev: 1 } } })
    expect(lines).toStrictEqual(['The database cannot be written: locked.', 'The database can be written again.'])
  })

  test('records of connections are refused at the beginning, and made up for at the end', async () => {
    open()
    const connections = await sqliteConnections(database, { clock: { now: () => 0 } })
    const connection = { id: 'c' as ConnectionId, user, session, dialect: 'parley', expiresAt: at }
    const other = new DatabaseSync(path)
    other.exec('BEGIN EXCLUSIVE')
    await expect(connections.open(connection, at, at)).rejects.toMatchObject({ reason: 'locked' })
    expect(await connections.state(connection.id)).toBeUndefined()
    other.exec('ROLLBACK')
    await connections.open(connection, at, at)
    other.exec('BEGIN EXCLUSIVE')
    await connections.renew(connection.id, at)
    expect(await connections.close(connection.id, at)).toMatchObject({ user })
    expect(await connections.state(connection.id)).toBeUndefined()
    expect(await connections.records({ limit: 1 })).toMatchObject([{ id: 'c' }])
    other.exec('ROLLBACK')
    other.close()
    await connections.expired(at)
    expect(await connections.records({ limit: 1 })).toMatchObject([{ id: 'c', disconnectedAt: at }])
  })

  test('a file that is none: every method says so, and works again when the file is back', async () => {
    open()
    await store.addUser(account)
    await store.appendMessage(draft(1))
    await database.close()
    const copy = join(folder, 'copy.db')
    copyFileSync(path, copy)
    open()
    writeFileSync(path, Buffer.alloc(statSync(path).size, 'garbage '))
    expect(await reasonsOf(writes(store))).toStrictEqual(allOf(writes(store), 'corrupt'))
    expect(await reasonsOf(reads(store))).toStrictEqual(allOf(reads(store), 'corrupt'))
    expect(lines).toStrictEqual(['The database cannot be written: corrupt.', 'The database cannot be read: corrupt.'])
    copyFileSync(copy, path)
    expect(await store.appendMessage(draft(2))).toMatchObject({ stored: { message: { rev: 2 } } })
    expect((await store.history(room, {}, size)).messages).toHaveLength(2)
    expect(lines.slice(2)).toStrictEqual(['The database can be written again.', 'The database can be read again.'])
  })

  test('overwritten pages: who needs them is refused, and nothing is answered that is not stored', async () => {
    open()
    await database.close()
    const { size: schemaBytes } = statSync(path)
    open()
    await store.addUser(account)
    await Promise.all(Array.from({ length: 400 }, (_, index) => store.appendMessage(draft(index + 1, 'x'.repeat(500)))))
    await database.close()
    const copy = join(folder, 'copy.db')
    copyFileSync(path, copy)
    const { size: bytes } = statSync(path)
    truncateSync(path, schemaBytes)
    truncateSync(path, bytes)
    open()
    await expect(store.appendMessage(draft(500))).rejects.toMatchObject({ reason: 'corrupt' })
    await expect(store.history(room, {}, size)).rejects.toMatchObject({ reason: 'corrupt' })
    copyFileSync(copy, path)
    expect(await store.appendMessage(draft(500))).toMatchObject({ stored: { message: { rev: 401 } } })
    expect((await store.history(room, {}, size)).rev).toBe(401)
  })

  test('a file that is none when the server starts is said in one line', async () => {
    open()
    await database.close()
    writeFileSync(path, 'this is not a database, whatever its name says'.repeat(100))
    expect(open).toThrow(`The database ${path} cannot be opened: corrupt (file is not a database).`)
  })

  test('a file that may only be read: nothing is written; when it may be it goes on', async () => {
    const disk = mountsAllowed ? mountDisk(folder, '20m') : folder
    path = join(disk, 'parley.db')
    open()
    await store.addUser(account)
    await database.close()
    open()
    if (mountsAllowed) remount(disk, 'ro')
    else chmodSync(path, 0o400)
    const refused = await reasonsOf(writes(store))
    if (mountsAllowed) remount(disk, 'rw')
    else chmodSync(path, 0o600)
    expect(refused).toStrictEqual(allOf(writes(store), 'read-only'))
    expect(await store.appendMessage(draft(1))).toMatchObject({ stored: { message: { rev: 1 } } })
  })

  if (mountsAllowed) {
    test('a full disk: nothing is answered that is not stored; with room again it goes on', async () => {
      const disk = mountDisk(folder, '1m')
      path = join(disk, 'parley.db')
      open()
      await store.addUser(account)
      const stored: string[] = []
      const failures: string[] = []
      for (let number = 1; number <= 200 && failures.length < 3; number += 1) {
        await store.appendMessage(draft(number, 'x'.repeat(10_000))).then(
          () => stored.push(message(number)),
          (error: Unavailable) => failures.push(error.reason),
        )
      }
      expect(failures).toStrictEqual(['full', 'full', 'full'])
      expect(stored.length).toBeGreaterThan(10)
      expect(lines).toStrictEqual(['The database cannot be written: full.'])
      remount(disk, 'size=20m')
      await store.appendMessage(draft(999))
      const { messages } = await store.history(room, {}, { limit: 1_000, bytes: 10_000_000 })
      expect(messages.map(({ message: { id } }) => id)).toStrictEqual([...stored, message(999)])
      expect(lines.slice(1)).toStrictEqual(['The database can be written again.'])
    })
  }
})
