import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { assistantId, importLines, NotEmpty, RecordRefused, Unavailable, UnfinishedArchive } from '@parley/core'
import { handClock } from '@parley/core/testing'
import { beforeAll, describe, expect, test } from 'vitest'
import { dynamoStore } from '../dynamo-store.ts'
import { openItems } from '../items.ts'
import { linesOf } from '../testing/archive-lines.ts'
import { Crash, crashable, everyPoint } from '../testing/crash.ts'
import { halveBatches } from '../testing/halve-batches.ts'
import { localDynamo } from '../testing/local-dynamo.ts'
import { account, draft, facts, general, member, message, room, user, whole } from '../testing/samples.ts'
import { dynamoArchive } from './dynamo-archive.ts'

const dynamo = localDynamo()
const club = room('club')

async function* fileOf(lines: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const line of lines) yield Buffer.from(line)
}

/** A small chat as lines, with changes, a marker and a log that has gaps. */
const smallChat = async (): Promise<readonly string[]> => {
  const options = { client: dynamo.client(), table: await dynamo.table() }
  const store = dynamoStore(options)
  await store.addUser(account(1, 'Ana'))
  await store.addUser(account(2, 'Bia'))
  await store.createRoom(facts(club), [member(club, 1)])
  for (const number of [1, 2, 3]) await store.appendMessage(draft(number))
  for (const text of ['once', 'twice']) {
    await store.changeMessage(general, message(1), { kind: 'edit', text, at: new Date(0).toISOString() })
  }
  await store.moveMarker(general, user(1), 4)
  await store.appendMessage(draft(4, 1, { room: club }))
  return linesOf(dynamoArchive(options))
}

describe('an import into DynamoDB', () => {
  let lines: readonly string[]
  beforeAll(async () => {
    lines = await smallChat()
  })

  const leftOvers = async (client: DynamoDBClient, table: string): Promise<number> => {
    let count = 0
    for await (const keys of openItems({ client, table, pause: async () => {} }).keys()) count += keys.length
    return count
  }

  test('whose process dies leaves an empty store, or one that refuses everybody until the import is repeated', async () => {
    const client = dynamo.client()
    const process = crashable(client)
    process.arm(undefined)
    await importLines(dynamoArchive({ client, table: await dynamo.table() }), fileOf(lines))
    const fates = { empty: 0, refused: 0, whole: 0 }

    for (const point of everyPoint(process.calls())) {
      const table = await dynamo.table()
      const clock = handClock()
      process.arm(point)
      await expect(importLines(dynamoArchive({ client, table, clock }), fileOf(lines))).rejects.toThrow(Crash)

      const reader = dynamo.client()
      const archive = dynamoArchive({ client: reader, table, clock })
      const store = dynamoStore({ client: reader, table, clock })
      const found = await store.accounts({ limit: 10 }).catch((error: unknown) => error)
      if (found instanceof Unavailable) {
        fates.refused += 1
        expect(found.cause).toBeInstanceOf(UnfinishedArchive)
        await expect(linesOf(archive)).rejects.toThrow(UnfinishedArchive)
        await expect(importLines(archive, fileOf(lines))).rejects.toThrow('try again then')
        clock.pass(60_000)
        await importLines(archive, fileOf(lines))
      } else if ((found as readonly unknown[]).length === 0) {
        fates.empty += 1
        expect(await leftOvers(reader, table)).toBe(0)
        await importLines(archive, fileOf(lines))
      } else fates.whole += 1
      expect(await linesOf(archive)).toStrictEqual(lines)
      expect(await store.accounts({ limit: 10 })).toHaveLength(2)
    }
    expect(fates.empty).toBeGreaterThan(0)
    expect(fates.refused).toBeGreaterThan(10)
    expect(fates.whole).toBe(1)
  }, 120_000)

  test('removes all that another one has left which had other contents', async () => {
    const table = await dynamo.table()
    const clock = handClock()
    const client = dynamo.client()
    const process = crashable(client)
    process.arm({ at: 9, when: 'after' })
    await expect(importLines(dynamoArchive({ client, table, clock }), fileOf(lines))).rejects.toThrow(Crash)
    const archive = dynamoArchive({ client: dynamo.client(), table, clock })
    clock.pass(60_000)
    const empty = await linesOf(dynamoArchive({ client: dynamo.client(), table: await dynamo.table() }))
    await importLines(archive, fileOf(empty))
    expect(await linesOf(archive)).toStrictEqual(empty)
    expect(await leftOvers(dynamo.client(), table)).toBe(1)
  })

  test('that was taken for dead does no harm to the one that took it over', async () => {
    const table = await dynamo.table()
    const clock = handClock()
    const late = dynamoArchive({ client: dynamo.client(), table, clock })
    const archive = dynamoArchive({ client: dynamo.client(), table, clock })
    const resume = Promise.withResolvers<void>()
    const asleep = Promise.withResolvers<void>()
    const slowly = async function* () {
      yield* fileOf(lines.slice(0, 5))
      asleep.resolve()
      await resume.promise
      yield* fileOf(lines.slice(5))
    }
    const first = importLines(late, slowly()).catch((error: unknown) => error)
    await asleep.promise
    await expect(importLines(archive, fileOf(lines))).rejects.toThrow(UnfinishedArchive)
    clock.pass(60_000)
    await importLines(archive, fileOf(lines))
    resume.resolve()
    expect(await first).toMatchObject({ name: 'UnfinishedArchive', message: expect.stringContaining('taken it over') })
    expect(await linesOf(archive)).toStrictEqual(lines)
  })

  test('shows itself while it goes on, so that it is not taken for dead', async () => {
    const table = await dynamo.table()
    const clock = handClock()
    const archive = dynamoArchive({ client: dynamo.client(), table, clock })
    const rival = dynamoArchive({ client: dynamo.client(), table, clock })
    const many = lines.slice(0, 3)
    const slowly = async function* () {
      yield* fileOf(many)
      for (let number = 10; number < 1_000; number += 1) {
        const id = `0000000f-0000-4000-8000-${String(number).padStart(12, '0')}`
        const other = { ...JSON.parse(lines[2] ?? ''), id, name: `Person ${number}` }
        yield Buffer.from(`${JSON.stringify(other)}\n`)
        if (number % 100 !== 0) continue
        clock.pass(20_000)
        await expect(importLines(rival, fileOf(lines))).rejects.toThrow(UnfinishedArchive)
      }
      throw new Error('enough')
    }
    await expect(importLines(archive, slowly())).rejects.toThrow('enough')
    expect(await leftOvers(dynamo.client(), table)).toBe(0)
  }, 60_000)

  test('comes through where DynamoDB leaves parts of batches undone', async () => {
    const client = dynamo.client()
    halveBatches(client)
    const archive = dynamoArchive({ client, table: await dynamo.table() })
    const end = { type: 'end', users: 2, rooms: 2, members: 0, messages: 0, broadcasts: 0 }
    const file = [...lines.slice(0, 5), `${JSON.stringify(end)}\n`]
    await importLines(archive, fileOf(file))
    expect(await linesOf(archive)).toStrictEqual(file)
  }, 60_000)

  test('is refused where anything is, if only a connection of old', async () => {
    const table = await dynamo.table()
    const client = dynamo.client()
    await openItems({ client, table, pause: async () => {} }).put({ pk: 'records#0', sk: 'x' })
    await expect(importLines(dynamoArchive({ client, table }), fileOf(lines))).rejects.toThrow(NotEmpty)
    expect(await leftOvers(client, table)).toBe(1)
  })

  test('fills a table that knows the assistant, and nobody else', async () => {
    const table = await dynamo.table()
    const client = dynamo.client()
    const assistant = { ...account(9, 'assistant'), id: assistantId, kind: 'bot', bot: { runs: 'here' } } as const
    await dynamoStore({ client, table }).addUser(assistant)
    const archive = dynamoArchive({ client, table })
    await importLines(archive, fileOf(lines))
    expect(await linesOf(archive)).toStrictEqual(lines)
    expect(await dynamoStore({ client, table }).bots()).toEqual([])
    await expect(importLines(archive, fileOf(lines))).rejects.toThrow(NotEmpty)
  })

  test('leaves its marker where it cannot undo what it has done', async () => {
    const table = await dynamo.table()
    const client = dynamo.client()
    const process = crashable(client)
    const dying = async function* () {
      yield* fileOf(lines.slice(0, 6))
      process.arm({ at: 1, when: 'before' })
      throw new Error('the file cannot be read any more')
    }
    process.arm(undefined)
    await expect(importLines(dynamoArchive({ client, table }), dying())).rejects.toThrow('cannot be read any more')
    const store = dynamoStore({ client: dynamo.client(), table })
    await expect(store.history(general, {}, whole)).rejects.toThrow(Unavailable)
  })

  test('a record that is refused is an error of its own kind', async () => {
    const archive = dynamoArchive({ client: dynamo.client(), table: await dynamo.table() })
    const twice = async function* () {
      yield { type: 'room', ...facts(general, { kind: 'public' }) } as never
      for (const seq of [1, 2]) {
        const { room: of, from, text } = draft(1)
        const at = new Date(seq).toISOString()
        yield { type: 'message', room: of, seq, rev: seq, id: message(1), from, text, at } as never
      }
    }
    await expect(archive.write(twice())).rejects.toThrow(RecordRefused)
  })
})
