import type { ConnectionId } from '@parley/protocol'
import type { Actor, Connection, SessionId } from '../actor.ts'
import { type Chat, chat } from '../chat.ts'
import { joseTokens } from '../credentials/jose-tokens.ts'
import type { Delivery } from '../events.ts'
import { tokenBuckets } from '../limits/token-buckets.ts'
import { memoryConnections } from '../memory/memory-connections.ts'
import { memoryLedger } from '../memory/memory-ledger.ts'
import { memoryStore } from '../memory/memory-store.ts'
import { parleyDialect } from '../parley-dialect.ts'
import type { Dialect } from '../ports/dialect.ts'
import type { Ports } from '../ports/ports.ts'
import type { Account } from '../ports/records.ts'
import { defaultSettings, type Settings } from '../settings.ts'
import { type HandClock, handClock } from './hand-clock.ts'
import { account } from './samples.ts'
import { socketPairs } from './socket-pair.ts'
import {
  type CollectedLog,
  collectedLog,
  countingIds,
  type KeptJobs,
  keptJobs,
  quickPasswords,
  type TestMetrics,
  testMetrics,
} from './stand-ins.ts'
import { type TestClient, testClient } from './test-client.ts'
import { type Fate, type TestPublisher, testPublisher } from './test-publisher.ts'

/** What of a {@link TestChat} is other than usual. */
export interface TestChatOptions {
  /** Makes core anew for every call. */
  readonly anew?: boolean
  /** Limits the rates; without it there are none. */
  readonly framesPerSecond?: number
  readonly settings?: Partial<Settings>
  /** Dialects besides `parley`. */
  readonly dialects?: readonly Dialect[]
  /** What befalls each published delivery; without it all arrive at once. */
  readonly fateOf?: (delivery: Delivery) => Fate
  /** Puts other ports in place of some, or wraps them. */
  readonly wrap?: (ports: Ports) => Partial<Ports>
  /** Puts something around the engine. */
  readonly engine?: (chat: Chat) => Chat
}

/** Somebody who has signed in. */
export interface TestPerson extends Account {
  readonly actor: Extract<Actor, { kind: 'user' }>
}

/** A whole chat in memory, whose time, ids and deliveries are in the hands of the test. */
export interface TestChat {
  readonly chat: Chat
  readonly ports: Ports
  readonly clock: HandClock
  readonly log: CollectedLog
  readonly metrics: TestMetrics
  readonly publisher: TestPublisher
  /** What bots are to do. */
  readonly jobs: KeptJobs
  /** Adds an account (`member` when nothing else is said), and signs it in. The password is `password of NAME`. */
  person(name: string, more?: Partial<Account>): Promise<TestPerson>
  guest(name: string): Promise<TestPerson>
  /** Signs somebody in once more. */
  signIn(person: Account): Promise<TestPerson>
  /** Opens a socket that has not said hello. */
  open(person: TestPerson, more?: Partial<Connection>): Promise<TestClient>
  /** Opens a socket and says hello. */
  connect(person: TestPerson, more?: Partial<Connection>): Promise<TestClient>
}

/** The engine, made anew for each call. */
const chatAnew = (ports: Ports): Chat => ({
  open: (connection) => chat(ports).open(connection),
  begin: (connection) => chat(ports).begin(connection),
  receive: (connection, frame) => chat(ports).receive(connection, frame),
  close: (id) => chat(ports).close(id),
  deliver: (delivery) => chat(ports).deliver(delivery),
  wake: () => chat(ports).wake(),
  execute: (actor, command) => chat(ports).execute(actor, command),
})

export const testChat = (options: TestChatOptions = {}): TestChat => {
  const clock = handClock()
  const log = collectedLog()
  const metrics = testMetrics()
  const pairs = socketPairs()
  const publisher = testPublisher((delivery) => engine.deliver(delivery), options.fateOf)
  const jobs = keptJobs()
  const settings = { ...defaultSettings, ...options.settings }
  const given: Ports = {
    store: memoryStore(),
    connections: memoryConnections({ clock }),
    sockets: pairs.sockets,
    publisher,
    jobs,
    ledger: memoryLedger(),
    models: { names: ['scripted', 'other'], configured: false },
    limits: tokenBuckets(options.framesPerSecond, clock),
    dialects: Object.fromEntries([parleyDialect, ...(options.dialects ?? [])].map((one) => [one.name, one])),
    passwords: quickPasswords,
    tokens: joseTokens(new Uint8Array(32).fill(7)),
    clock,
    ids: countingIds(),
    log,
    metrics,
    settings,
  }
  const ports = { ...given, ...options.wrap?.(given) }
  const made = options.anew ? chatAnew(ports) : chat(ports)
  const engine = options.engine?.(made) ?? made
  let count = 0

  const signIn = async (who: Account): Promise<TestPerson> => {
    count += 1
    const session = `00000008-0000-4000-8000-${String(count).padStart(12, '0')}` as SessionId
    const expiresAt = clock.iso(settings.sessionMs)
    await given.store.addSession({ id: session, user: who.id, createdAt: clock.iso(), expiresAt })
    return { ...who, actor: { kind: 'user', user: who.id, session } }
  }
  const add = async (who: Account): Promise<TestPerson> => {
    if ((await given.store.addUser(who)) === 'taken') throw new Error(`the name ${who.name} is taken`)
    return signIn(who)
  }
  const open: TestChat['open'] = async ({ actor: { user, session } }, more) => {
    count += 1
    const id = `connection ${count}` as ConnectionId
    const expiresAt = clock.iso(settings.sessionMs)
    return testClient(engine, pairs, { id, user, session, dialect: 'parley', expiresAt, ...more })
  }
  return {
    chat: engine,
    ports,
    clock,
    log,
    metrics,
    publisher,
    jobs,
    signIn,
    person: async (name, more) => {
      count += 1
      return add(account(count, { name, passwordHash: `quick:password of ${name}`, createdAt: clock.iso(), ...more }))
    },
    guest: async (name) => {
      count += 1
      return add(account(count, { name, kind: 'guest', role: 'guest', createdAt: clock.iso() }))
    },
    open,
    connect: async (person, more) => {
      const client = await open(person, more)
      const answer = await client.say({ action: 'hello', v: 1 })
      if (answer.type !== 'welcome') throw new Error(`no welcome but ${JSON.stringify(answer)}`)
      return client
    },
  }
}
