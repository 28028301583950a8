import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ArchiveRecord, importLines, type MessageRecord, type Store } from '@parley/core'
import { afterEach, describe, expect, test } from 'vitest'
import { dynamoStore } from '../dynamo-store.ts'
import { type Key, openItems } from '../items.ts'
import { logKey } from '../keys.ts'
import { linesOf } from '../testing/archive-lines.ts'
import { intercept } from '../testing/intercept.ts'
import { localDynamo } from '../testing/local-dynamo.ts'
import { account, at, draft, facts, general, guest, member, message, room, user, whole } from '../testing/samples.ts'
import { shortScans } from '../testing/short-scans.ts'
import { dynamoArchive } from './dynamo-archive.ts'
import { openSpool } from './spool.ts'

const dynamo = localDynamo()

/** Something of everything that may happen before the request of a number: to what was read, and to what was not. */
const happen = async (store: Store, number: number): Promise<void> => {
  const text = `changed at ${number}`
  await store.changeMessage(general, message(1 + (number % 20)), { kind: 'edit', text, at: at(5_000 + number) })
  await store.appendMessage(draft(100 + number))
  await store.changeMessage(general, message(100 + number), { kind: 'delete', at: at(6_000 + number) })
  await store.changeMessage(general, message(19), { kind: 'react', user: user(1), emoji: '👍', on: number % 2 === 0 })
  await store.addUser(account(1_000 + number))
  await store.addMember(member(room('club'), 1_000 + number))
  await store.createRoom(facts(room(`room-${number}`), { createdBy: user(1_000 + number) }), [])
  await store.createRoom(facts(room(`a-room-${number}`), { kind: 'public' }), [member(room(`a-room-${number}`), 1)])
  await store.moveMarker(general, user(1), 10_000)
}

test('whatever happens between any two requests, each room is told as it stood at one moment', async () => {
  const table = await dynamo.table()
  const store = dynamoStore({ client: dynamo.client(), table })
  await store.addUser(account(1))
  await store.addUser(guest(2, 'Guest'))
  await store.createRoom(facts(room('club')), [member(room('club'), 1)])
  for (let number = 1; number <= 20; number += 1) await store.appendMessage(draft(number))
  const past = new Map<number, unknown>()
  const remember = async (): Promise<void> => {
    const { rev, messages } = await store.history(general, {}, whole)
    past.set(
      rev,
      messages.map((stored) => stored.message),
    )
  }
  await remember()
  const before = [...past.keys()][0] ?? 0

  const client = dynamo.client()
  let requests = 0
  let busy = false
  shortScans(client, 20)
  intercept(client, async (_call, run) => {
    if (!busy && requests < 60) {
      busy = true
      requests += 1
      await happen(store, requests)
      await remember()
      busy = false
    }
    return run()
  })
  const lines = await linesOf(dynamoArchive({ client, table }))
  expect(requests).toBeGreaterThan(20)

  const records = lines.slice(1, -1).map((line) => JSON.parse(line) as ArchiveRecord)
  const messages = records.filter(
    (record): record is MessageRecord => record.type === 'message' && record.room === general,
  )
  const rev = Math.max(...messages.map((record) => record.rev))
  expect(rev).toBeGreaterThan(before)
  expect(messages.map(({ type: _type, origin: _origin, bag: _bag, ...rest }) => rest)).toStrictEqual(past.get(rev))

  const to = dynamoArchive({ client: dynamo.client(), table: await dynamo.table() })
  const given = async function* () {
    for (const line of lines) yield Buffer.from(line)
  }
  await importLines(to, given())
  expect(await linesOf(to)).toStrictEqual(lines)
}, 60_000)

test('a change that its writer has not brought into its message is told with it', async () => {
  const table = await dynamo.table()
  const store = dynamoStore({ client: dynamo.client(), table })
  for (const number of [1, 2]) await store.appendMessage(draft(number))
  const items = openItems({ client: dynamo.client(), table, pause: async () => {} })
  const before = await items.get<Key>(logKey(general, 1))
  await store.changeMessage(general, message(1), { kind: 'edit', text: 'edited', at: at(50) })
  const archive = dynamoArchive({ client: dynamo.client(), table })
  const lines = await linesOf(archive)
  expect(lines.join('')).toContain('edited')
  await items.put(before as Key)
  expect(await linesOf(archive)).toStrictEqual(lines)
})

describe('a spool', () => {
  const spoolFolders = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('parley-export-'))
  const own = process.env.TMPDIR
  afterEach(() => {
    if (own === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = own
  })

  test('gives back what it was given, in order, and leaves no file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'parley-spool-'))
    process.env.TMPDIR = folder
    const line = '한글 "quoted"\n'.repeat(1_000)
    const spool = openSpool<{ readonly number: number; readonly line: string }>()
    for (let number = 0; number < 1_000; number += 1) await spool.add({ number, line })
    expect(await spoolFolders()).toHaveLength(1)
    let count = 0
    for await (const one of spool.all()) {
      expect(one).toStrictEqual({ number: count, line })
      count += 1
    }
    expect(count).toBe(1_000)
    await spool.close()
    expect(await readdir(folder)).toStrictEqual([])
    await rm(folder, { recursive: true })
  })

  test('needs no file for little', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'parley-spool-'))
    process.env.TMPDIR = folder
    const spool = openSpool<string>()
    await spool.add('one')
    await spool.add('two')
    expect(await readdir(folder)).toStrictEqual([])
    const all: string[] = []
    for await (const one of spool.all()) all.push(one)
    expect(all).toStrictEqual(['one', 'two'])
    await spool.close()
    await rm(folder, { recursive: true })
  })
})
