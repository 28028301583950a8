import { readFile } from 'node:fs/promises'
import type { Connections, Ledger, Store, Usage } from '@parley/core'
import type { RoomId } from '@parley/protocol'
import { beforeAll, expect, test } from 'vitest'
import { type HearsItem, hearsItem, liveConnection } from './connection-items.ts'
import { dynamoConnections } from './dynamo-connections.ts'
import { dynamoLedger } from './dynamo-ledger.ts'
import { dynamoStore } from './dynamo-store.ts'
import { openItems } from './items.ts'
import { liveKey } from './keys.ts'
import { localDynamo } from './testing/local-dynamo.ts'
import { type Cost, meter } from './testing/meter.ts'
import {
  account,
  at,
  connectionId,
  draft,
  facts,
  general,
  guest,
  member,
  message,
  room,
  session,
  user,
} from './testing/samples.ts'

const people = 10
const rooms = ['r1', 'r2', 'r3', 'r4'].map(room)
const club = room('club')
const text = 'x'.repeat(200)
const page = { limit: 50, bytes: 100_000 }
const now = Date.parse(at(0))

interface Chat {
  readonly store: Store
  readonly connections: Connections
  readonly ledger: Ledger
}

const connect = ({ connections }: Chat, number: number, person: number) =>
  connections.open(
    { id: connectionId(number), user: user(person), session: session(person), dialect: 'parley', expiresAt: at(9e8) },
    at(0),
    at(600_000),
  )

const say = (number: number, by = 1) => draft(number, by, { text, origin: 'eHrdFcnvvHcCE-w=' })

const kilobyte = 'x'.repeat(1_024)
const reply = message(301)
const growth = (pieces: number) => ({ at: pieces * kilobyte.length, text: kilobyte, leaseUntil: at(60_000) })
const usage = (number: number): Usage => ({
  id: `${message(number)} ${number} ${now}`,
  room: club,
  user: user(1),
  bot: user(3_001),
  message: message(number),
  model: 'gpt-5-mini',
  at: at(number),
  variant: 0,
  tokensIn: 2_345,
  tokensOut: 345,
  cost: 0.001_275,
  estimated: false,
})

/** Ten people, of whom two are in four rooms besides `general`; eighty messages; and what fifty replies have used. */
const prepare = async (chat: Chat): Promise<void> => {
  const { store, ledger } = chat
  for (let number = 1; number <= people; number += 1) await store.addUser(account(number))
  for (const id of rooms) await store.createRoom(facts(id), [member(id, 1), member(id, 2)])
  for (let number = 1; number <= 80; number += 1) await store.appendMessage(say(number))
  await store.addSession({ id: session(1), user: user(1), createdAt: at(0), expiresAt: at(9e8) })
  for (let number = 1; number <= 50; number += 1) await ledger.add(usage(number))
  await store.addTicket({ hash: 'hash', user: user(1), session: session(1), expiresAt: at(9e8) })
}

/** So many connections of as many people who hear a room. */
const hearers = (id: RoomId, size: number): readonly HearsItem[] =>
  Array.from({ length: size }, (_, index) => {
    const number = 1_000 + index
    const connection = { id: connectionId(number), user: user(number), session: session(number), dialect: 'parley' }
    const live = liveConnection(liveKey(connection.id), { ...connection, expiresAt: at(9e8) }, at(0), now + 600_000)
    return hearsItem(id, connection.id, live)
  })

const edit = (store: Store, number: number, to: string) =>
  store.changeMessage(general, message(number), { kind: 'edit', text: to, at: at(999) })
const ask = ({ store }: Chat) => store.standing(general, user(1))

/** What is measured, in this order, each act after those before it. */
const acts: Readonly<Record<string, (chat: Chat) => Promise<unknown>>> = {
  'ask who somebody is in a room': ask,
  send: async (chat) => {
    await ask(chat)
    await chat.store.appendMessage(say(101))
  },
  'send the same again': async (chat) => {
    await ask(chat)
    await chat.store.appendMessage(say(101))
  },
  'send without having asked': ({ store }) => store.appendMessage(say(102)),
  edit: async (chat) => {
    await ask(chat)
    await chat.store.message(general, message(50))
    await edit(chat.store, 50, `${text}!`)
  },
  'send after somebody edited': async (chat) => {
    await ask(chat)
    await chat.store.appendMessage(say(103))
  },
  'sync, nothing new': ({ store }) => store.messagesSince(general, 84, page),
  'sync, one new': ({ store }) => store.messagesSince(general, 83, page),
  'sync, one edited and one new': ({ store }) => store.messagesSince(general, 82, page),
  'sync of 50': ({ store }) => store.messagesSince(general, 0, page),
  'history of 50': ({ store }) => store.history(general, {}, page),
  'history of 50, older': ({ store }) => store.history(general, { before: 60 }, page),
  'move a marker': async (chat) => {
    await ask(chat)
    await chat.store.moveMarker(general, user(1), 84)
    await chat.store.members(general, { limit: 21 })
  },
  'the newest rev of a room': ({ store }) => store.revs([general]),
  'memberships, of 5 rooms': ({ store }) => store.memberships(user(1)),
  'overviews, of 5 rooms': ({ store }) => store.overviews(user(1), [general, ...rooms]),
  'a user': ({ store }) => store.user(user(1)),
  'a user by name': ({ store }) => store.userByName('P1'),
  'a session': ({ store }) => store.session(session(1)),
  'begin a session': ({ store }) =>
    store.addSession({ id: session(2), user: user(1), createdAt: at(0), expiresAt: at(9e8) }),
  'make a ticket': ({ store }) =>
    store.addTicket({ hash: 'other', user: user(1), session: session(1), expiresAt: at(9e8) }),
  'redeem a ticket': ({ store }) => store.redeemTicket('hash', at(0)),
  'add an account': ({ store }) => store.addUser(account(2_001)),
  'add a guest': ({ store }) => store.addUser(guest(2_002, 'Guest')),
  'rename somebody': ({ store }) => store.changeUser(user(2), { name: 'Bia' }),
  'make a room of two': ({ store }) =>
    store.createRoom(facts(club, { kind: 'direct' }), [member(club, 1), member(club, 2)]),
  join: ({ store }) => store.addMember(member(club, 3)),
  leave: ({ store }) => store.removeMember(club, user(3)),
  'begin a reply': async (chat) => {
    await ask(chat)
    const streaming = { leaseUntil: at(30_000) }
    await chat.store.appendMessage(draft(301, 1, { text: '', replyTo: message(101), streaming }))
  },
  'let it grow by 1 KB': ({ store }) => store.growMessage(general, reply, growth(0)),
  'let it grow from 1 KB to 2': ({ store }) => store.growMessage(general, reply, growth(1)),
  'let it grow from 2 KB to 3, having asked': async (chat) => {
    await ask(chat)
    await chat.store.message(general, reply)
    await chat.store.growMessage(general, reply, growth(2))
  },
  'renew its lease': ({ store }) => store.leaseStream(general, reply, { run: 85, until: at(90_000) }),
  'look for orphans, one being made': ({ store }) => store.orphans(at(50_000)),
  'end it': async (chat) => {
    await ask(chat)
    await chat.store.message(general, reply)
    await chat.store.changeMessage(general, reply, { kind: 'end', ended: 'done', run: 85 })
  },
  'look for orphans, none being made': ({ store }) => store.orphans(at(50_000)),
  'keep a variant': ({ store }) => store.keepVariant(general, reply, { index: 0, text: kilobyte.repeat(3) }),
  'try it again': ({ store }) => store.changeMessage(general, reply, { kind: 'retry', leaseUntil: at(0) }),
  'a variant': ({ store }) => store.variant(general, reply, 0),
  'keep a summary': ({ store }) => store.keepSummary(general, { seq: 80, rev: 86, text: kilobyte }),
  'the summary of a room': ({ store }) => store.summary(general),
  'set something for bots': ({ store }) => store.changeRoom(club, { bot: { speaks: 'always' } }),
  'add a bot': ({ store }) => store.addUser(account(3_001, 'Bot', { kind: 'bot', bot: { runs: 'here' } })),
  'the bots, of 1': ({ store }) => store.bots(),
  'add what a reply used': ({ ledger }) => ledger.add(usage(51)),
  'what a user spent, by 51 replies': ({ ledger }) => ledger.spent({ day: at(0).slice(0, 10), user: user(1) }),
  'what a room spent, by 51 replies': ({ ledger }) => ledger.spent({ day: at(0).slice(0, 10), room: club }),
  'what a reply used': ({ ledger }) => ledger.ofMessage(club, message(51)),
  'the sums of a day of 51 replies': ({ ledger }) => ledger.on(at(0).slice(0, 10)),
  'open a connection': (chat) => connect(chat, 1, 1),
  'open another in the same session': (chat) => connect(chat, 2, 1),
  'enter, with 5 rooms': ({ connections }) => connections.enter(connectionId(1), [general, ...rooms]),
  'where a connection stands': ({ connections }) => connections.state(connectionId(1)),
  'renew a lease': ({ connections }) => connections.renew(connectionId(1), at(700_000)),
  'who hears a room of 2': ({ connections }) => connections.inRoom(room('two')),
  'who hears a room of 10': ({ connections }) => connections.inRoom(room('ten')),
  'who hears a room of 100': ({ connections }) => connections.inRoom(room('hundred')),
  'the connections of a user': ({ connections }) => connections.ofUser(user(1)),
  'the connections of a session': ({ connections }) => connections.ofSession(session(1)),
  'hear another room, by 2 connections': ({ connections }) => connections.join(user(1), club),
  'hear it no longer': ({ connections }) => connections.leave(user(1), club),
  'close, with 5 rooms': ({ connections }) => connections.close(connectionId(1), at(1)),
}

const measured = new Map<string, Cost>()

beforeAll(async () => {
  const client = dynamo.client()
  const table = await dynamo.table()
  const clock = { now: () => now }
  await prepare({
    store: dynamoStore({ client, table }),
    connections: dynamoConnections({ client, table, clock }),
    ledger: dynamoLedger({ client, table }),
  })
  const items = openItems({ client, table, pause: async () => {} })
  for (const [id, size] of Object.entries({ two: 2, ten: 10, hundred: 100 }))
    await items.putAll(hearers(room(id), size))
  const counted = dynamo.client()
  const counter = meter(counted, client)
  const chat = {
    store: dynamoStore({ client: counted, table }),
    connections: dynamoConnections({ client: counted, table, clock }),
    ledger: dynamoLedger({ client: counted, table }),
  }
  // What a store asks once in its life is no part of any act.
  await Promise.all([chat.store.user(user(9)), chat.connections.state(connectionId(9)), chat.ledger.on('')])
  for (const [name, act] of Object.entries(acts)) measured.set(name, await counter.of(() => act(chat)))
}, 60_000)

const dynamo = localDynamo()

/** The rows of the tables in the comments of a file: act, requests, write units, read units. */
const documented = async (file: string): Promise<ReadonlyMap<string, Cost>> => {
  const source = await readFile(new URL(file, import.meta.url), 'utf8')
  const rows = source.matchAll(/^ \* \| ([^|]+?) +\| +(\d+) \| +(\d+) \| +(\d+) \|$/gm)
  return new Map(
    [...rows].map(([, act = '', calls, writes, reads]) => [
      act,
      { calls: Number(calls), writes: Number(writes), reads: Number(reads) },
    ]),
  )
}

test('each act costs what the tables of the store, of the connections and of the ledger say', async () => {
  const files = ['./dynamo-store.ts', './dynamo-connections.ts', './dynamo-ledger.ts']
  const tables = (await Promise.all(files.map(documented))).flatMap((rows) => [...rows])
  expect(Object.fromEntries(measured)).toStrictEqual(Object.fromEntries(tables))
})

test('a message costs two write units and three read units, all in all five with who hears it', () => {
  const sum = (names: readonly string[]) =>
    names.reduce(
      (total, name) => {
        const { writes, reads } = measured.get(name) ?? { writes: Number.NaN, reads: Number.NaN }
        return { writes: total.writes + writes, reads: total.reads + reads }
      },
      { writes: 0, reads: 0 },
    )
  expect(sum(['send'])).toStrictEqual({ writes: 2, reads: 3 })
  expect(sum(['where a connection stands', 'send', 'who hears a room of 10'])).toStrictEqual({ writes: 2, reads: 5 })
})
