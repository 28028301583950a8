import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { Store } from '@parley/core'
import type { RoomId } from '@parley/protocol'
import { describe } from 'vitest'
import { dynamoStore } from './dynamo-store.ts'
import { openItems } from './items.ts'
import { logKey } from './keys.ts'
import { type Act, crashTests, type Reads } from './testing/crash-tests.ts'
import { localDynamo } from './testing/local-dynamo.ts'
import {
  account,
  at,
  draft,
  facts,
  general,
  guest,
  member,
  message,
  room,
  session,
  user,
  whole,
} from './testing/samples.ts'

const club = room('club')
const pair = room('pair')
const byOne = (number: number) => draft(number, 1, { origin: 'c1' })

/** Ana, Bia and a guest; a club of Ana; three messages in general, the first edited. */
const prepare = async (store: Store): Promise<void> => {
  await store.addUser(account(1, 'Ana'))
  await store.addUser(account(2, 'Bia'))
  await store.addUser(guest(3, 'Guest'))
  await store.createRoom(facts(club), [member(club, 1, { role: 'admin' })])
  for (const number of [1, 2, 3]) await store.appendMessage(byOne(number))
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
const ofRoom = (id: RoomId): Reads => ({
  ...Object.fromEntries(
    [1, 2].map((number) => [`rooms of ${number}`, (store: Store) => store.memberships(user(number))]),
  ),
  members: (store) => store.members(id, { limit: 100 }),
  ...Object.fromEntries(
    [1, 2].map((number) => [`standing of ${number}`, (store: Store) => store.standing(id, user(number))]),
  ),
  'public rooms': (store) => store.publicRooms({ limit: 100 }),
  room: (store) => store.room(id),
  overviews: (store) => store.overviews(user(1), [general, id]),
})
const ofSessions: Reads = Object.fromEntries(
  [1, 2, 3].map((number) => [`session ${number}`, (store: Store) => store.session(session(number))]),
)

const change = (store: Store, change: Parameters<Store['changeMessage']>[2]) =>
  store.changeMessage(general, message(1), change)

const acts: Readonly<Record<string, Act>> = {
  'adding an account': {
    does: (store) => store.addUser(account(4, 'Cleo')),
    reads: ofUser(4, ['cleo']),
  },
  'adding a guest': {
    does: (store) => store.addUser(guest(4, 'Cleo')),
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
  sending: { does: (store) => store.appendMessage(byOne(4)), reads: ofMessages },
  'sending after asking': {
    does: async (store) => {
      await store.standing(general, user(1))
      return store.appendMessage(byOne(4))
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
    does: (store) => store.addBroadcast({ id: message(9), from: byOne(1).from, text: 'all', at: at(70) }),
    reads: { latest: (store) => store.latestBroadcast(at(0), at(9_000)) },
  },
}

const dynamo = localDynamo()

describe('a store whose process dies', () => {
  crashTests(
    dynamo,
    async (table) => {
      const client = dynamo.client()
      await prepare(dynamoStore({ client, table }))
      await unapply(client, table)
    },
    acts,
  )
})
