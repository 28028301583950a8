import type { Draft, Growth, MessageChange, Store } from '@parley/core'
import { describe } from 'vitest'
import { dynamoStore } from './dynamo-store.ts'
import { type Act, crashTests, type Reads } from './testing/crash-tests.ts'
import { localDynamo } from './testing/local-dynamo.ts'
import { account, at, draft, facts, general, member, message, room, user, whole } from './testing/samples.ts'

const direct = room('direct')
const growing = message(2)
const ended = message(3)
const from = { id: user(9), name: 'P9', kind: 'bot' } as const
const reply = (number: number, more: Partial<Draft> = {}): Draft =>
  draft(number, 9, { from, text: '', replyTo: message(1), streaming: { leaseUntil: at(1_000) }, ...more })
const growth = (place: number, text: string): Growth => ({ at: place, text, leaseUntil: at(2_000) })
const bot = { kind: 'bot', bot: { runs: 'here' } } as const

/** A prompt, a reply that grows, and one that has ended and that was tried twice. */
const prepare = async (store: Store): Promise<void> => {
  await store.addUser(account(1))
  await store.addUser(account(9, 'P9', bot))
  await store.appendMessage(draft(1))
  await store.appendMessage(reply(2))
  await store.growMessage(general, growing, growth(0, 'so far'))
  await store.appendMessage(reply(3))
  const change = (what: MessageChange) => store.changeMessage(general, ended, what)
  await change({ kind: 'end', ended: 'done', text: 'first' })
  await store.keepVariant(general, ended, { index: 0, text: 'first', ended: 'done' })
  await change({ kind: 'retry', leaseUntil: at(1_000) })
  await change({ kind: 'end', ended: 'stopped', text: 'second' })
  await store.changeRoom(general, { bot: { speaks: 'always' } })
}

const ofReplies: Reads = {
  history: (store) => store.history(general, {}, whole),
  since: (store) => store.messagesSince(general, 0, whole),
  growing: (store) => store.message(general, growing),
  ended: (store) => store.message(general, ended),
  fourth: (store) => store.message(general, message(4)),
  revs: (store) => store.revs([general]),
  orphans: async (store) => (await store.orphans(at(9_000))).map(({ id }) => id).toSorted(),
  variant: (store) => store.variant(general, ended, 0),
}
const ofRoom: Reads = {
  room: (store) => store.room(general),
  standing: (store) => store.standing(general, user(1)),
  'public rooms': (store) => store.publicRooms({ limit: 10 }),
  direct: (store) => store.room(direct),
}
const ofBots: Reads = {
  bots: (store) => store.bots(),
  accounts: (store) => store.accounts({ limit: 10 }),
  user: (store) => store.user(user(4)),
  'by name': (store) => store.userByName('p4'),
}

const changing = (id: typeof growing, change: MessageChange): Act => ({
  does: (store) => store.changeMessage(general, id, change),
  reads: ofReplies,
})

const acts: Readonly<Record<string, Act>> = {
  'beginning a reply': { does: (store) => store.appendMessage(reply(4)), reads: ofReplies },
  'letting it grow': { does: (store) => store.growMessage(general, growing, growth(6, ', so good')), reads: ofReplies },
  'letting it grow, once read': {
    does: async (store) => {
      await store.message(general, growing)
      return store.growMessage(general, growing, growth(6, ', so good'))
    },
    reads: ofReplies,
  },
  'moving a lease': {
    does: (store) => store.leaseStream(general, growing, { run: 2, until: at(9_500) }),
    reads: ofReplies,
  },
  'taking a lease over': {
    does: (store) => store.leaseStream(general, growing, { run: 2, until: at(9_500), endedBefore: at(3_000) }),
    reads: ofReplies,
  },
  'ending it': changing(growing, { kind: 'end', ended: 'done' }),
  'ending it with its text': changing(growing, { kind: 'end', ended: 'done', text: 'all' }),
  'beginning it anew': changing(growing, { kind: 'restart', run: 2, leaseUntil: at(4_000) }),
  'reacting to it': changing(growing, { kind: 'react', user: user(1), emoji: '👍', on: true }),
  'deleting it': changing(growing, { kind: 'delete', at: at(60) }),
  'trying again': changing(ended, { kind: 'retry', leaseUntil: at(4_000) }),
  'showing another': changing(ended, { kind: 'show', variant: { index: 0, text: 'first', ended: 'done' } }),
  'deleting what was tried twice': {
    ...changing(ended, { kind: 'delete', at: at(60) }),
    reads: Object.fromEntries(Object.entries(ofReplies).filter(([name]) => name !== 'variant')),
  },
  'sending after that': { does: (store) => store.appendMessage(draft(4)), reads: ofReplies },
  'setting something for bots': {
    does: (store) => store.changeRoom(general, { topic: 'new', bot: { speaks: null, model: 'fast' } }),
    reads: ofRoom,
  },
  'making a room with a bot': {
    does: (store) =>
      store.createRoom(facts(direct, { kind: 'direct', with: [user(1), user(9)], bots: [user(9)] }), [
        member(direct, 1),
      ]),
    reads: ofRoom,
  },
  'adding a bot': { does: (store) => store.addUser(account(4, 'P4', bot)), reads: ofBots },
}

const dynamo = localDynamo()

describe('a store whose process dies at a reply', () => {
  crashTests(dynamo, (table) => prepare(dynamoStore({ client: dynamo.client(), table })), acts)
})
