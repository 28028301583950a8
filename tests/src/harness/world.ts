import { randomUUID } from 'node:crypto'
import type { Down, MessageId, RoomId, Self, ServerRole } from '@parley/protocol'
import { expect, inject } from 'vitest'
import { type Api, apiAt } from './api.ts'
import { atEnd } from './at-end.ts'
import { type AwsDeployment, awsDeployment } from './aws-deployment.ts'
import type { Deployment, Settings } from './deployment.ts'
import { behindGateway } from './gateway.ts'
import { housedDeployment } from './housed-deployment.ts'
import { type NodeOptions, nodeDeployment } from './node-deployment.ts'
import { openSocket, type RawClient, type SocketOptions } from './raw-client.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Which server the suite is run against; the one-machine one when left out. */
    readonly deployment?: 'node' | 'engine-anew' | 'aws'
  }
}

/** Somebody who has signed in. */
export interface Person {
  readonly user: Self
  readonly token: string
  readonly expiresAt: string
}

/** Somebody with an account. */
export interface AccountHolder extends Person {
  readonly password: string
}

/** A socket that was greeted. */
export interface Client extends RawClient {
  readonly person: Person
  readonly me: Self
  readonly welcome: Down<'welcome'>
}

/** A server with people. All names and ids that it gives are new. */
export interface World<D extends Deployment = Deployment> {
  readonly deployment: D
  readonly api: Api
  guest(name?: string): Promise<Person>
  account(role?: Exclude<ServerRole, 'guest'>, name?: string): Promise<AccountHolder>
  login(name: string, password: string): Promise<Person>
  /** A socket on which nothing was said yet. */
  socket(person: Person, options?: SocketOptions): Promise<RawClient>
  /** A socket that has said hello. */
  connect(person: Person, options?: SocketOptions): Promise<Client>
  /** Somebody new, with a socket. */
  visitor(name?: string): Promise<Client>
  member(role?: Exclude<ServerRole, 'guest'>): Promise<Client>
  /** A room made by the first, in which the others are too; nobody has heard of it yet, as far as their inboxes say. */
  room(kind: 'public' | 'private', maker: Client, ...others: Client[]): Promise<RoomId>
}

let counted = 0
/** A name that nobody has. */
export const newName = (base = 'Somebody'): string => {
  counted += 1
  return `${base} ${process.pid.toString(36)}${counted.toString(36)}`
}
export const newRoomId = (): RoomId => `room-${randomUUID().slice(0, 13)}` as RoomId
export const newId = (): MessageId => randomUUID() as MessageId

/** Waits until the clock shows another millisecond, for what is ordered by its time. */
export const nextMillisecond = async (): Promise<void> => {
  for (const now = Date.now(); Date.now() <= now + 1; ) await new Promise((resolve) => setImmediate(resolve))
}

/** Says something, and waits until it is stored. */
export const say = async (client: RawClient, room: string, text: string): Promise<Down<'message'>['message']> =>
  (await client.ask('message', { action: 'send', room, id: newId(), text })).message

/**
 * Waits until all of these have been told everything that was answered to `first` before: whatever they then have not
 * heard, they were not told.
 */
export const settled = async (first: RawClient, ...others: RawClient[]): Promise<void> => {
  const { id } = await say(first, 'general', 'settled?')
  await Promise.all(others.map((client) => client.heard('message', ({ message }) => message.id === id)))
}

/** A gateway does not see that a client is there: it has to say so. */
const giveSigns = (client: RawClient, seconds: number): void => {
  const timer = setInterval(() => client.tell({ action: 'ping' }), seconds * 1000)
  timer.unref()
  client.closed.then(() => clearInterval(timer))
}

const peopled = <D extends Deployment>(deployment: D): World<D> => {
  const clients: RawClient[] = []
  let owner: Promise<Person> | undefined
  const api = (): Api => apiAt(deployment.url)
  const login = (username: string, password: string): Promise<Person> =>
    api().call('POST /api/login', { body: { username, password } })
  const claim = async (): Promise<Person> => {
    const name = newName('Owner')
    await deployment.addAccount(name, 'owner', `password of ${name}`)
    return login(name, `password of ${name}`)
  }
  const socket: World['socket'] = async (person, options) => {
    const client = await openSocket(deployment.url, {
      ...options,
      headers: { authorization: `Bearer ${person.token}`, ...options?.headers },
    })
    clients.push(client)
    return client
  }
  const connect: World['connect'] = async (person, options) => {
    const client = await socket(person, options)
    const welcome = await client.ask('welcome', { action: 'hello', v: 1 })
    if (behindGateway()) giveSigns(client, welcome.heartbeat)
    return { ...client, person, me: welcome.me, welcome }
  }
  const guest: World['guest'] = (name = newName('Guest')) => api().call('POST /api/guests', { body: { name } })
  const account: World['account'] = async (role = 'member', name = newName('Person')) => {
    owner ??= claim()
    const password = `password of ${name}`
    await api().call('POST /api/accounts', { token: (await owner).token, body: { name, password, role } })
    return { ...(await login(name, password)), password }
  }
  atEnd(async () => {
    expect(await deployment.crashed()).toBeUndefined()
    for (const client of clients) client.vanish()
    await deployment.dispose()
    expect(clients.flatMap(({ faults }) => faults)).toEqual([])
  })
  return {
    deployment,
    get api() {
      return api()
    },
    guest,
    account,
    login,
    socket,
    connect,
    visitor: async (name) => connect(await guest(name)),
    member: async (role) => connect(await account(role)),
    room: async (kind, maker, ...others) => {
      const room = newRoomId()
      await maker.ask('room', { action: 'create', room, kind })
      for (const { me } of others) await maker.ask('room', { action: 'invite', room, user: me.id })
      await settled(maker, ...others)
      for (const client of [maker, ...others]) client.clear()
      return room
    },
  }
}

/** A server of the kind that this run of the suite is for, with people. It ends with the test file. */
export const world = async (settings: Settings = {}): Promise<World> => {
  const kind = inject('deployment') ?? 'node'
  return peopled(
    kind === 'aws' ? await awsDeployment(settings) : await housedDeployment(settings, kind === 'engine-anew'),
  )
}

/** The one-machine server, for what only a process and a data folder can show. */
export const nodeWorld = async (
  settings: Settings = {},
  options: NodeOptions = {},
): Promise<World<Awaited<ReturnType<typeof nodeDeployment>>>> => peopled(await nodeDeployment(settings, options))

/** The serverless runtime, for what only a stand-in for AWS can show. */
export const awsWorld = async (settings: Settings = {}): Promise<World<AwsDeployment>> =>
  peopled(await awsDeployment(settings))
