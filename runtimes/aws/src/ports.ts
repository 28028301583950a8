import { randomBytes, randomUUID } from 'node:crypto'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import {
  argon2Passwords,
  type Chat,
  type Clock,
  chat,
  defaultSettings,
  type Ports,
  parleyDialect,
  tokenBuckets,
} from '@parley/core'
import type { Systems } from '@parley/dialects'
import { limits, risingId } from '@parley/protocol'
import { type ConnectionFacts, connectionFacts } from './dynamo/connection-facts.ts'
import { randomPause } from './dynamo/context.ts'
import { dynamoConnections } from './dynamo/dynamo-connections.ts'
import { dynamoLedger } from './dynamo/dynamo-ledger.ts'
import { dynamoStore } from './dynamo/dynamo-store.ts'
import { consoleLog, embeddedMetrics } from './log.ts'
import { patience } from './patience.ts'
import { type Gateway, gateway } from './services/gateway.ts'
import { gatewaySockets } from './services/gateway-sockets.ts'
import { type Keys, keysOnDemand, signingKey, tokensOnDemand } from './services/keys.ts'
import { jobsByTopic, laterByTopic } from './services/later.ts'
import { publisherInside } from './services/publisher.ts'
import { type Queue, sqsQueue } from './services/queue.ts'
import { endpointOf, environmentCredentials, signedRequest } from './services/request.ts'
import { readSettings, type Settings } from './settings.ts'

/** The engine on the adapters of AWS, as one function holds it for as long as it lives. */
export interface Parley {
  readonly settings: Settings
  readonly ports: Ports
  readonly chat: Chat
  /** Read when first asked for. */
  readonly keys: () => Promise<Keys>
  readonly gateway: Gateway
  readonly facts: ConnectionFacts
  /** The other chat systems whose clients are served. */
  readonly systems: Systems
  queue(arn: string): Queue
}

type Environment = Readonly<Record<string, string | undefined>>

/** Plugs the adapters in. `speaks`: whether models are spoken with, whose keys then must be there. */
export const openParley = async (environment: Environment, speaks = false): Promise<Parley> => {
  const settings = readSettings(environment, speaks)
  const { catalogue, budget } = settings
  const { region, table } = settings
  const credentials = environmentCredentials(environment)
  const request = (service: string) => signedRequest(service, region, credentials)
  const keys = keysOnDemand(request('ssm'), endpointOf('ssm', region, environment), settings.keys)
  const clock: Clock = { now: () => Date.now() }
  const compat = settings.compat === 'on' ? await import('@parley/dialects') : undefined
  const systems = compat?.openSystems({ newId: risingId, now: clock.now, key: signingKey(await keys()) }) ?? {}
  const dialects = [parleyDialect, ...(compat?.dialectsOf(systems) ?? [])]
  // Told its credentials, the client need not load what looks for them.
  const access = { client: new DynamoDBClient({ region, credentials }), table, clock }
  const facts = connectionFacts(access)
  const later = laterByTopic({
    request: request('sns'),
    endpoint: endpointOf('sns', region, environment),
    topic: settings.topic,
  })
  const posts = gateway({
    request: request('execute-api'),
    sockets: settings.sockets,
    compatSockets: settings.compatSockets,
    age: facts.ageOf,
    pause: randomPause,
  })
  const connections = dynamoConnections(access)
  const socketsPerUser = settings.framesPerSecond === undefined ? Number.POSITIVE_INFINITY : limits.socketsPerUser
  const ports: Ports = {
    store: dynamoStore(access),
    connections,
    ledger: dynamoLedger(access),
    sockets: gatewaySockets(posts, later),
    publisher: publisherInside(connections, () => engine.deliver),
    jobs: jobsByTopic(later),
    models: catalogue,
    limits: tokenBuckets(settings.framesPerSecond, clock),
    dialects: Object.fromEntries(dialects.map((dialect) => [dialect.name, dialect])),
    passwords: argon2Passwords(),
    tokens: tokensOnDemand(keys),
    clock,
    ids: { uuid: () => randomUUID(), secret: () => randomBytes(32).toString('base64url') },
    log: consoleLog,
    metrics: embeddedMetrics(),
    settings: { ...defaultSettings, ...patience, budget, socketsPerUser },
  }
  const engine: Chat = chat(ports)
  const queue = (arn: string): Queue => sqsQueue(request('sqs'), endpointOf('sqs', region, environment), arn)
  return { settings, ports, chat: engine, keys, gateway: posts, facts, systems, queue }
}
