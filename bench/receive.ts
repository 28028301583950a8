import { randomUUID } from 'node:crypto'
import { Session } from 'node:inspector/promises'
import {
  type Connection,
  chat,
  defaultSettings,
  newMessage,
  type Ports,
  parleyDialect,
  type SessionId,
  type StoredMessage,
  tokenBuckets,
} from '@parley/core'
import { memoryConnections, memoryLedger, memoryStore } from '@parley/core/memory'
import type { ConnectionId, MessageId, RoomId, UserId } from '@parley/protocol'

/**
 * What the engine itself costs for a typical `send`, without a network and without a disk: processor time and bytes
 * allocated for a frame, stage by stage, and what of the code they go to. `node bench/receive.ts`
 */
const framesPerRound = 20_000
const rounds = 9
const warmUpRounds = 3
const profiledFrames = 60_000
const listed = 14

const clock = { now: Date.now }
const room = 'general' as RoomId
const text = 'The quick brown fox jumps over the lazy dog, and the dog does not mind at all. '.repeat(3).slice(0, 200)

/** A store that forgets every message at once: what is left is the engine. */
const forgetful = () => {
  let rev = 0
  let stored: StoredMessage | undefined
  return {
    ...memoryStore(),
    appendMessage: async (draft: Parameters<typeof newMessage>[0]) => {
      rev += 1
      stored = { message: newMessage(draft, rev, stored?.message.at) }
      return { stored, repeated: false }
    },
  }
}

const ports = (framesPerSecond: number | undefined, listeners: boolean): Ports => ({
  store: forgetful(),
  connections: memoryConnections({ clock }),
  sockets: { send: async () => [], close: async () => {} },
  publisher: {
    publish: async (deliveries) => {
      if (listeners) for (const delivery of deliveries) await engine.deliver(delivery)
    },
  },
  jobs: { enqueue: async () => {} },
  ledger: memoryLedger(),
  models: { names: [], configured: false },
  limits: tokenBuckets(framesPerSecond, clock),
  dialects: { parley: parleyDialect },
  passwords: { hash: async () => '', verify: async () => false },
  tokens: { sign: async () => '', verify: async () => undefined },
  clock,
  ids: { uuid: randomUUID, secret: randomUUID },
  log: { info: () => {}, warn: () => {}, error: () => {} },
  metrics: { count: () => {}, observe: () => {} },
  settings: defaultSettings,
})
let engine = chat(ports(undefined, false))

const connect = async (to: Ports, name: string): Promise<Connection> => {
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString()
  const user = randomUUID() as UserId
  const session = randomUUID() as SessionId
  const createdAt = new Date().toISOString()
  await to.store.addUser({ id: user, name, kind: 'person', role: 'member', banned: false, createdAt })
  await to.store.addSession({ id: session, user, createdAt, expiresAt })
  const connection = { id: randomUUID() as ConnectionId, user, session, dialect: 'parley', expiresAt }
  await engine.open(connection)
  await engine.receive(connection, '{"action":"hello","v":1}')
  return connection
}

type Stage = (frame: string) => unknown

/** The engine with so many others in the room; `limited`: the rates are counted, but never reached. */
const receiving = async (others: number, limited: boolean): Promise<Stage> => {
  const made = ports(limited ? 1e9 : undefined, others > 0)
  const own = chat(made)
  engine = own
  const connection = await connect(made, 'Ada')
  for (let number = 0; number < others; number += 1) await connect(made, `Person ${number}`)
  return async (frame) => {
    engine = own
    await own.receive(connection, frame)
  }
}

const frames: string[] = Array.from({ length: 1_000 }, (_, index) =>
  JSON.stringify({ action: 'send', ref: String(index), room, id: randomUUID() as MessageId, text }),
)
const run = async (stage: Stage, count: number): Promise<void> => {
  for (let index = 0; index < count; index += 1) await stage(frames[index % frames.length] as string)
}

/** Microseconds of processor time a frame, the median of the rounds. */
const timeOf = async (stage: Stage): Promise<number> => {
  const times: number[] = []
  for (let round = 0; round < warmUpRounds + rounds; round += 1) {
    const began = process.cpuUsage()
    await run(stage, framesPerRound)
    const { user, system } = process.cpuUsage(began)
    if (round >= warmUpRounds) times.push((user + system) / framesPerRound)
  }
  return times.sort((one, other) => one - other)[Math.floor(rounds / 2)] as number
}

interface Place {
  readonly functionName: string
  readonly url: string
  readonly lineNumber: number
}
const nameOf = ({ functionName, url, lineNumber }: Place): string =>
  `${functionName || '(anonymous)'} ${url.split('/').slice(-3).join('/')}:${lineNumber + 1}`

const shares = (amounts: ReadonlyMap<string, number>, unit: (amount: number) => string): string => {
  const all = [...amounts.values()].reduce((sum, one) => sum + one, 0)
  return [...amounts]
    .sort(([, one], [, other]) => other - one)
    .slice(0, listed)
    .map(
      ([name, amount]) => `  ${((100 * amount) / all).toFixed(1).padStart(5)} %  ${unit(amount).padStart(8)}  ${name}`,
    )
    .join('\n')
}

/** Bytes allocated by a stage, by the place that allocated them, also those that were collected since. */
const allocationsOf = async (stage: Stage): Promise<ReadonlyMap<string, number>> => {
  const session = new Session()
  session.connect()
  await session.post('HeapProfiler.startSampling', {
    samplingInterval: 4_096,
    includeObjectsCollectedByMajorGC: true,
    includeObjectsCollectedByMinorGC: true,
  })
  await run(stage, profiledFrames)
  const { profile } = await session.post('HeapProfiler.stopSampling')
  session.disconnect()
  const amounts = new Map<string, number>()
  const walk = ({ callFrame, selfSize, children }: typeof profile.head): void => {
    const name = nameOf(callFrame)
    amounts.set(name, (amounts.get(name) ?? 0) + selfSize)
    children.forEach(walk)
  }
  walk(profile.head)
  return amounts
}

/** Samples of a stage's processor time, by the function that was running. */
const samplesOf = async (stage: Stage): Promise<ReadonlyMap<string, number>> => {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.setSamplingInterval', { interval: 100 })
  await session.post('Profiler.start')
  await run(stage, profiledFrames)
  const { profile } = await session.post('Profiler.stop')
  session.disconnect()
  const amounts = new Map<string, number>()
  for (const { callFrame, hitCount } of profile.nodes) {
    if (hitCount) amounts.set(nameOf(callFrame), (amounts.get(nameOf(callFrame)) ?? 0) + hitCount)
  }
  return amounts
}

const total = (amounts: ReadonlyMap<string, number>): number => [...amounts.values()].reduce((sum, one) => sum + one, 0)

const stages: Readonly<Record<string, () => Promise<Stage>>> = {
  'JSON.parse': async () => (frame) => JSON.parse(frame),
  'decode and check': async () => (frame) => parleyDialect.decode(frame, {} as Connection),
  receive: () => receiving(0, false),
  'receive, with rates': () => receiving(0, true),
  'receive, 100 others hear it': () => receiving(100, false),
}

console.log(`a send of ${text.length} letters, ${Buffer.byteLength(frames[0] as string)} bytes\n`)
for (const [name, make] of Object.entries(stages)) {
  const stage = await make()
  const micros = await timeOf(stage)
  const bytes = total(await allocationsOf(stage)) / profiledFrames
  console.log(
    `${name.padEnd(28)} ${micros.toFixed(2).padStart(7)} us ${Math.round(bytes).toString().padStart(7)} bytes`,
  )
}
const stage = await receiving(0, true)
await run(stage, profiledFrames)
console.log(`\nprocessor time of "receive, with rates"\n${shares(await samplesOf(stage), (hits) => `${hits}`)}`)
const allocations = await allocationsOf(stage)
console.log(`\nallocations of it\n${shares(allocations, (bytes) => `${Math.round(bytes / profiledFrames)} B`)}`)
