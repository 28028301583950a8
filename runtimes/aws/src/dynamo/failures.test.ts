import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  DynamoDBServiceException,
  InternalServerError,
  ProvisionedThroughputExceededException,
  RequestLimitExceeded,
  ThrottlingException,
} from '@aws-sdk/client-dynamodb'
import { Unavailable } from '@parley/core'
import { describe, expect, test } from 'vitest'
import { appendMessage } from './append-message.ts'
import { changeMessage } from './change-message.ts'
import { dynamoLedger } from './dynamo-ledger.ts'
import { dynamoStore } from './dynamo-store.ts'
import { growMessage } from './grow-message.ts'
import { openGrowing } from './growing.ts'
import { openHeads } from './heads.ts'
import { openItems } from './items.ts'
import { roomQueue } from './room-queue.ts'
import { changeRoom } from './rooms.ts'
import { openSpeakers } from './speakers.ts'
import { Crash, dieBefore } from './testing/crash.ts'
import { doubleWrites } from './testing/doubled.ts'
import { halveBatches } from './testing/halve-batches.ts'
import { intercept } from './testing/intercept.ts'
import { localDynamo } from './testing/local-dynamo.ts'
import { account, at, draft, facts, general, member, message, room, session, user, whole } from './testing/samples.ts'

const dynamo = localDynamo()
const details = { message: 'of a test', $metadata: {} }

const failingWith = async (error: Error) => {
  const client = dynamo.client()
  intercept(client, async () => {
    throw error
  })
  return dynamoStore({ client, table: await dynamo.table() })
}

const busy = [
  new ProvisionedThroughputExceededException(details),
  new ThrottlingException(details),
  new RequestLimitExceeded(details),
  new InternalServerError(details),
  new DynamoDBServiceException({ ...details, name: 'ServiceUnavailable', $fault: 'server' }),
]

describe('what DynamoDB fails with', () => {
  test.each(busy.map((error) => [error.name, error] as const))('%s is: busy', async (_, error) => {
    const store = await failingWith(error)
    const failure = { name: 'Unavailable', reason: 'busy', cause: error }
    await expect(store.room(general)).rejects.toMatchObject(failure)
    await expect(store.addUser(account(1))).rejects.toMatchObject(failure)
    await expect(store.appendMessage(draft(1))).rejects.toMatchObject(failure)
  })

  test('a table that is not there, and a place where nobody listens, are: other', async () => {
    const lost = dynamoStore({ client: dynamo.client(), table: 'no-such-table' })
    await expect(lost.room(general)).rejects.toMatchObject({ name: 'Unavailable', reason: 'other' })
    const credentials = { accessKeyId: 'none', secretAccessKey: 'none' }
    const client = new DynamoDBClient({ region: 'local', endpoint: 'http://127.0.0.1:1', credentials, maxAttempts: 1 })
    const nowhere = dynamoStore({ client, table: 'table' })
    await expect(nowhere.room(general)).rejects.toMatchObject({ name: 'Unavailable', reason: 'other' })
  })

  test('a request that is wrong, and an error of our own, are bugs', async () => {
    const wrong = new DynamoDBServiceException({ ...details, name: 'ValidationException', $fault: 'client' })
    for (const error of [wrong, new TypeError('of a test')]) {
      await expect((await failingWith(error)).room(general)).rejects.toBe(error)
    }
  })
})

/** What the acts on messages stand on, with nobody waiting for anybody. */
const contextOn = (client: DynamoDBClient, table: string) => {
  const pause = async (): Promise<void> => {}
  return {
    items: openItems({ client, table, pause }),
    now: () => 0,
    token: () => 'token',
    pause,
    heads: openHeads(),
    growing: openGrowing(),
    inTurn: roomQueue(),
    speakers: openSpeakers(),
  }
}

describe('what does not come to an end', () => {
  test('a race for the next rev that is always lost is given up', async () => {
    const table = await dynamo.table()
    await dynamoStore({ client: dynamo.client(), table }).appendMessage(draft(1))
    const client = dynamo.client()
    intercept(client, async ({ name, input }, run) => {
      if (name === 'PutItem' && JSON.stringify(input).includes('rev#'))
        throw new ConditionalCheckFailedException(details)
      return run()
    })
    const context = contextOn(client, table)
    const edit = { kind: 'edit', text: 'new', at: at(1) } as const
    await expect(appendMessage(context, draft(2))).rejects.toThrow(new Unavailable('busy'))
    await expect(changeMessage(context, general, message(1), edit)).rejects.toThrow(new Unavailable('busy'))
  })

  test('a race to let a reply grow, or to set something for bots, that is always lost is given up', async () => {
    const table = await dynamo.table()
    const store = dynamoStore({ client: dynamo.client(), table })
    await store.appendMessage(draft(1, 1, { text: '', streaming: { leaseUntil: at(9) } }))
    await store.changeRoom(general, { topic: 'new' })
    const client = dynamo.client()
    intercept(client, async ({ name }, run) => {
      if (name === 'UpdateItem') throw new ConditionalCheckFailedException(details)
      return run()
    })
    const context = contextOn(client, table)
    const growth = { at: 0, text: 'more', leaseUntil: at(9) }
    await expect(growMessage(context, general, message(1), growth)).rejects.toThrow(new Unavailable('busy'))
    await expect(changeRoom(context, general, { bot: { speaks: 'off' } })).rejects.toThrow(new Unavailable('busy'))
  })

  test('a batch that is never processed is given up', async () => {
    const client = dynamo.client()
    const table = await dynamo.table()
    const keys = [1, 2].map((number) => ({ pk: 'a', sk: String(number) }))
    intercept(client, async (_, run) => {
      const result = await run()
      Object.assign(result.output, {
        UnprocessedItems: { [table]: keys.map((Item) => ({ PutRequest: { Item } })) },
        UnprocessedKeys: { [table]: { Keys: keys } },
      })
      return result
    })
    const { items } = contextOn(client, table)
    await expect(items.putAll(keys)).rejects.toThrow(new Unavailable('busy'))
    await expect(items.getMany(keys)).rejects.toThrow(new Unavailable('busy'))
  })

  test('a batch that is processed piece by piece is done', async () => {
    const client = dynamo.client()
    halveBatches(client)
    const { items } = contextOn(client, await dynamo.table())
    const keys = [1, 2, 3, 4].map((number) => ({ pk: 'a', sk: String(number) }))
    await items.putAll(keys)
    expect(await items.getMany([...keys, { pk: 'b', sk: '1' }])).toHaveLength(4)
    await items.removeAll(keys.slice(1))
    expect(await items.getMany(keys)).toStrictEqual(keys.slice(0, 1))
  })
})

test('a write whose answer was lost, and that is tried again, is told as done', async () => {
  const client = dynamo.client()
  doubleWrites(client)
  const store = dynamoStore({ client, table: await dynamo.table() })
  expect(await store.addUser(account(1))).toBe('added')
  expect(await store.addUser(account(2))).toBe('added')
  expect(await store.changeUser(user(1), { name: 'Ana' })).toMatchObject({ name: 'Ana' })
  expect((await store.findUsers('', 10)).map(({ name }) => name)).toStrictEqual(['Ana', 'P2'])
  const club = room('club')
  expect(await store.createRoom(facts(club), [member(club, 1)])).toMatchObject({ created: true })
  expect(await store.addMember(member(club, 2))).toBe(true)
  expect(await store.changeMemberRole(club, user(2), 'admin')).toBe(true)
  expect(await store.removeMember(club, user(2))).toBe(true)
  expect(await store.removeMember(club, user(2))).toBe(false)
  expect(await store.addMember(member(club, 2))).toBe(true)

  await store.appendMessage(draft(1))
  await store.appendMessage(draft(2))
  const change = { kind: 'edit', text: 'edited', at: at(9) } as const
  expect(await store.changeMessage(general, message(1), change)).toMatchObject({ changed: true })
  expect(await store.changeMessage(general, message(1), change)).toMatchObject({ changed: false })
  expect(await store.moveMarker(general, user(1), 2)).toBe(2)
  expect(await store.moveMarker(general, user(1), 2)).toBeUndefined()
  const { messages } = await store.messagesSince(general, 0, whole)
  expect(messages.map(({ message }) => [message.text, message.rev])).toStrictEqual([
    ['text 2', 2],
    ['edited', 3],
  ])

  const streaming = { leaseUntil: at(10) }
  const begun = draft(3, 1, { text: '', streaming })
  expect(await store.appendMessage(begun)).toMatchObject({ repeated: true, stored: { message: { rev: 4 } } })
  const growth = { at: 0, text: 'more', leaseUntil: at(20) }
  expect(await store.growMessage(general, message(3), growth)).toMatchObject({ message: { text: 'more' } })
  const claim = { run: 4, until: at(40), endedBefore: at(30) }
  expect(await store.leaseStream(general, message(3), claim)).toBe(true)
  expect(await store.leaseStream(general, message(3), claim)).toBe(false)
  const end = { kind: 'end', ended: 'done' } as const
  expect(await store.changeMessage(general, message(3), end)).toMatchObject({ stored: { message: { text: 'more' } } })
  expect(await store.changeRoom(general, { bot: { topP: 1 } })).toMatchObject({ bot: { topP: 1 } })

  await store.addSession({ id: session(1), user: user(1), createdAt: at(0), expiresAt: at(9) })
  expect(await store.renewSession(session(1), at(10))).toBe(true)
  expect(await store.endSessionsOf(user(1))).toStrictEqual([session(1)])
  expect(await store.session(session(1))).toBeUndefined()
})

test('what a reply used is counted once, though the answer was lost or its process died before all was written', async () => {
  const table = await dynamo.table()
  const usage = { id: 'one', room: general, user: user(1), bot: user(2), message: message(1), variant: 0 }
  const used = { ...usage, model: 'fast', at: at(0), tokensIn: 2, tokensOut: 3, cost: null, estimated: true }
  const mortal = dynamo.client()
  dieBefore(mortal, ({ name }) => name === 'BatchWriteItem')
  await expect(dynamoLedger({ client: mortal, table }).add(used)).rejects.toThrow(Crash)
  const client = dynamo.client()
  doubleWrites(client)
  halveBatches(client)
  const ledger = dynamoLedger({ client, table })
  await ledger.add({ ...used, at: at(90_000_000), tokensIn: 9 })
  const day = at(0).slice(0, 10)
  expect(await ledger.spent({ day, user: user(1) })).toBe(5)
  expect(await ledger.spent({ day, room: general })).toBe(5)
  expect(await ledger.on(day)).toMatchObject([{ replies: 1, tokensIn: 2, cost: null }])
  expect(await ledger.ofMessage(general, message(1))).toHaveLength(1)
})
