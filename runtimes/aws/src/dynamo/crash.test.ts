import { isDeepStrictEqual } from 'node:util'
import { BatchWriteItemCommand, type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb'
import type { Account, Membership, RoomFacts, SessionId, Store } from '@parley/core'
import type { MessageId, RoomId, UserId } from '@parley/protocol'
import { beforeAll, describe, expect, test } from 'vitest'
import { dynamoStore } from './dynamo-store.ts'
import { openItems } from './items.ts'
import { logKey } from './keys.ts'
import { Crash, type CrashPoint, crashable } from './testing/crash.ts'
import { localDynamo } from './testing/local-dynamo.ts'

const user = (number: number) => `0000000${number}-0000-4000-8000-000000000001` as UserId
const message = (number: number) => `0000000${number}-0000-4000-8000-000000000002` as MessageId
const session = (number: number) => `0000000${number}-0000-4000-8000-000000000003` as SessionId
const at = (ms: number): string => new Date(Date.UTC(2026, 0, 1) + ms).toISOString()
const general = 'general' as RoomId
const club = 'club' as RoomId
const pair = 'pair' as RoomId
const whole = { limit: 1_000, bytes: 1_000_000 }

const account = (number: number, name: string, more: Partial<Account> = {}): Account => ({
  id: user(number),
  name,
  kind: 'person',
  role: 'member',
  banned: false,
  createdAt: at(number),
  ...more,
})
const facts = (id: RoomId, more: Partial<RoomFacts> = {}): RoomFacts => ({
  id,
  kind: 'private',
  name: id,
  topic: '',
  createdAt: at(0),
  ...more,
})
const member = (room: RoomId, number: number, more: Partial<Membership> = {}): Membership => ({
  room,
  user: user(number),
  role: 'member',
  joinedAt: at(100 + number),
  read: 0,
  ...more,
})
const from = (number: number) => ({ id: user(number), name: `P${number}`, kind: 'person' as const })
const draft = (number: number, by = 1) => ({
  id: message(number),
  room: general,
  from: from(by),
  text: `text ${number}`,
  at: at(number),
  origin: 'c1',
})

/** Ana, Bia and a guest; a club of Ana; three messages in general, the first edited. */
const prepare = async (store: Store): Promise<void> => {
  await store.addUser(account(1, 'Ana'))
  await store.addUser(account(2, 'Bia'))
  await store.addUser(account(3, 'Guest', { kind: 'guest', role: 'guest' }))
  await store.createRoom(facts(club), [member(club, 1, { role: 'admin' })])
  for (const number of [1, 2, 3]) await store.appendMessage(draft(number))
  await store.changeMessage(general, message(1), { kind: 'edit', text: 'edited', at: at(50) })
  for (const number of [1, 2]) {
    await store.addSession({ id: session(number), user: user(1), createdAt: at(0), expiresAt: at(9_000) })
  }
  await store.addTicket({ hash: 'hash', user: user(1), session: session(1), expiresAt: at(9_000) })
}

/** Leaves the edit in the log, but not in its message: as if its writer had died between the two. */
const unapply = async (client: DynamoDBClient, table: string): Promise<void> => {
  const items = openItems({ client, table, pause: async () => {} })
  const entry = await items.get<{ pk: string; sk: string }>(logKey(general, 1))
  const before = { ...entry, ...logKey(general, 1), rev: 1, text: 'text 1', editedAt: undefined, edits: undefined }
  await items.put(before)
}

type Reads = Readonly<Record<string, (store: Store) => Promise<unknown>>>

const ofMessages: Reads = {
  history: (store) => store.history(general, {}, whole),
  since: (store) => store.messagesSince(general, 0, whole),
  'since the third': (store) => store.messagesSince(general, 3, whole),
  first: (store) => store.message(general, message(1)),
  fourth: (store) => store.message(general, message(4)),
  revs: (store) => store.revs([general]),
  latest: (store) => store.latestMessage(user(1), 'c1', at(0), at(9_000)),
}
const ofUser = (number: number, names: readonly string[]): Reads => ({
  memberships: (store) => store.memberships(user(number)),
  members: (store) => store.members(general, { limit: 100 }),
  user: (store) => store.user(user(number)),
  standing: (store) => store.standing(general, user(number)),
  found: (store) => store.findUsers('', 100),
  accounts: (store) => store.accounts({ limit: 100 }),
  ...Object.fromEntries(names.map((name) => [name, (store: Store) => store.userByName(name)])),
})
const ofRoom = (room: RoomId): Reads => ({
  ...Object.fromEntries(
    [1, 2].map((number) => [`rooms of ${number}`, (store: Store) => store.memberships(user(number))]),
  ),
  members: (store) => store.members(room, { limit: 100 }),
  ...Object.fromEntries(
    [1, 2].map((number) => [`standing of ${number}`, (store: Store) => store.standing(room, user(number))]),
  ),
  'public rooms': (store) => store.publicRooms({ limit: 100 }),
  room: (store) => store.room(room),
  overviews: (store) => store.overviews(user(1), [general, room]),
})
const ofSessions: Reads = Object.fromEntries(
  [1, 2, 3].map((number) => [`session ${number}`, (store: Store) => store.session(session(number))]),
)

interface Act {
  readonly does: (store: Store) => Promise<unknown>
  readonly reads: Reads
  /** The repeat takes what the first act has taken: there is nothing for it. */
  readonly once?: true
}

const change = (store: Store, change: Parameters<Store['changeMessage']>[2]) =>
  store.changeMessage(general, message(1), change)

const acts: Readonly<Record<string, Act>> = {
  'adding an account': {
    does: (store) => store.addUser(account(4, 'Cleo')),
    reads: ofUser(4, ['cleo']),
  },
  'adding a guest': {
    does: (store) => store.addUser(account(4, 'Cleo', { kind: 'guest', role: 'guest' })),
    reads: ofUser(4, ['cleo']),
  },
  'renaming an account': {
    does: (store) => store.changeUser(user(1), { name: 'Zoe' }),
    reads: ofUser(1, ['ana', 'zoe']),
  },
  'renaming a guest': { does: (store) => store.changeUser(user(3), { name: 'Zoe' }), reads: ofUser(3, ['zoe']) },
  'banning an account': { does: (store) => store.changeUser(user(1), { banned: true }), reads: ofUser(1, ['ana']) },
  'beginning a session': {
    does: (store) => store.addSession({ id: session(3), user: user(1), createdAt: at(0), expiresAt: at(9_000) }),
    reads: ofSessions,
  },
  'renewing a session': { does: (store) => store.renewSession(session(1), at(10_000)), reads: ofSessions },
  'ending a session': { does: (store) => store.endSession(session(1)), reads: ofSessions },
  'ending all sessions': { does: (store) => store.endSessionsOf(user(1)), reads: ofSessions },
  'redeeming a ticket': { does: (store) => store.redeemTicket('hash', at(1)), reads: {}, once: true },
  'making a room of two': {
    does: (store) =>
      store.createRoom(facts(pair, { kind: 'direct', with: [user(1), user(2)] }), [member(pair, 1), member(pair, 2)]),
    reads: ofRoom(pair),
  },
  'making a public room': {
    does: (store) => store.createRoom(facts(pair, { kind: 'public' }), [member(pair, 1, { role: 'admin' })]),
    reads: ofRoom(pair),
  },
  'changing a room': { does: (store) => store.changeRoom(general, { topic: 'new' }), reads: ofRoom(general) },
  joining: { does: (store) => store.addMember(member(club, 2)), reads: ofRoom(club) },
  removing: { does: (store) => store.removeMember(club, user(1)), reads: ofRoom(club) },
  'changing a role': { does: (store) => store.changeMemberRole(club, user(1), 'member'), reads: ofRoom(club) },
  'moving a marker': { does: (store) => store.moveMarker(general, user(1), 3), reads: ofRoom(general) },
  sending: { does: (store) => store.appendMessage(draft(4)), reads: ofMessages },
  'sending after asking': {
    does: async (store) => {
      await store.standing(general, user(1))
      return store.appendMessage(draft(4))
    },
    reads: ofMessages,
  },
  editing: { does: (store) => change(store, { kind: 'edit', text: 'again', at: at(60) }), reads: ofMessages },
  deleting: { does: (store) => change(store, { kind: 'delete', at: at(60) }), reads: ofMessages },
  reacting: {
    does: (store) => change(store, { kind: 'react', user: user(2), emoji: '👍', on: true }),
    reads: ofMessages,
  },
  broadcasting: {
    does: (store) => store.addBroadcast({ id: message(9), from: from(1), text: 'all', at: at(70) }),
    reads: { latest: (store) => store.latestBroadcast(at(0), at(9_000)) },
  },
}

const dynamo = localDynamo()
let prepared: Awaited<ReturnType<typeof copy>>
const copy = async (client: DynamoDBClient, table: string) =>
  (await client.send(new ScanCommand({ TableName: table }))).Items ?? []

beforeAll(async () => {
  const client = dynamo.client()
  const table = await dynamo.table()
  await prepare(dynamoStore({ client, table }))
  await unapply(client, table)
  prepared = await copy(client, table)
})

/** A table that is as it was prepared. */
const freshTable = async (client: DynamoDBClient): Promise<string> => {
  const table = await dynamo.table()
  for (let start = 0; start < prepared.length; start += 25) {
    const puts = prepared.slice(start, start + 25).map((Item) => ({ PutRequest: { Item } }))
    await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: puts } }))
  }
  return table
}

/** Reads all, beginning with another each time: some readers finish what a writer has left unfinished. */
const view = async (store: Store, reads: Reads, turn: number): Promise<ReadonlyMap<string, unknown>> => {
  const names = Object.keys(reads)
  const first = names.length === 0 ? 0 : turn % names.length
  const seen = new Map<string, unknown>()
  for (const name of [...names.slice(first), ...names.slice(0, first)]) seen.set(name, await reads[name]?.(store))
  return seen
}

/** What was read must be as it was before the act up to some point, and as it is after the act from there on. */
const expectWholeOrNothing = (
  seen: ReadonlyMap<string, unknown>,
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
): void => {
  let done = false
  for (const [name, value] of seen) {
    if (!done && !isDeepStrictEqual(before.get(name), after.get(name))) {
      done = !isDeepStrictEqual(value, before.get(name))
    }
    expect({ [name]: value }).toStrictEqual({ [name]: (done ? after : before).get(name) })
  }
}

const points = (calls: number): readonly CrashPoint[] =>
  Array.from({ length: calls }, (_, index) => [
    { at: index + 1, when: 'before' } as const,
    { at: index + 1, when: 'after' } as const,
  ]).flat()

describe('a store whose process dies', () => {
  test.each(Object.entries(acts))(
    '%s happens whole or not at all, and can be repeated',
    async (_, { does, reads, once }) => {
      const reader = dynamo.client()
      const writer = dynamo.client()
      const process = crashable(writer)
      const storeOn = (table: string) => dynamoStore({ client: reader, table })
      const dyingOn = (table: string) => dynamoStore({ client: writer, table })
      const before = await view(storeOn(await freshTable(reader)), reads, 0)
      const whole = await freshTable(reader)
      const answer = await does(dyingOn(whole))
      const after = await view(storeOn(whole), reads, 0)

      for (const [turn, point] of points(process.calls()).entries()) {
        const table = await freshTable(reader)
        process.arm(point)
        await expect(does(dyingOn(table))).rejects.toThrow(Crash)
        expectWholeOrNothing(await view(storeOn(table), reads, turn), before, after)
        const again = await does(storeOn(table))
        if (once) expect([answer, undefined]).toContainEqual(again)
        expect(await view(storeOn(table), reads, turn + 1)).toStrictEqual(after)
      }
    },
  )
})
