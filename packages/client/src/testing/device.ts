import type { TestPerson } from '@parley/core/testing'
import type { Message } from '@parley/protocol'
import type { Client, ClientOptions } from '../client.ts'
import type { Edges } from '../edges.ts'
import type { ParleyErrorCode } from '../errors.ts'
import { type OutboxStorage, webOutbox } from '../outbox-storage.ts'
import { mapStorage } from './map-storage.ts'
import type { TestServer } from './server.ts'

/** A message that was handed to a client. */
export interface Said {
  readonly room: string
  readonly id: string
  /** What became of it, as far as the client said so: else the code of the error. */
  fate: 'open' | 'stored' | ParleyErrorCode
}

/** A device with one client at a time, which may be gone and replaced at any moment. */
export interface Device {
  readonly name: string
  readonly person: TestPerson
  readonly client: Client
  readonly said: readonly Said[]
  /** What was told as created more than once. */
  readonly doubled: readonly string[]
  /** Texts that grew, and were shorter later without having begun anew. */
  readonly shrunk: readonly string[]
  send(room: string, replyTo?: string): void
  open(room: string): void
  close(room: string): void
  /** The client is gone without a word, and another one begins. */
  reload(): void
}

interface Options {
  readonly name: string
  readonly person: TestPerson
  readonly server: TestServer
  readonly random: () => number
  readonly createClient: (options: ClientOptions) => Client
}

/** Tells of texts that lose something while their messages keep their rev. */
const watchGrowth = (client: Client, tell: (text: string) => void): void => {
  let held = new Map<string, Message>()
  client.subscribe(() => {
    const growing = [...client.state.rooms.values()].flatMap(({ window }) =>
      window.messages.filter(({ streaming }) => streaming),
    )
    for (const { id, rev, text } of growing) {
      const before = held.get(id)
      if (before?.rev === rev && before.text.length > text.length) tell(before.text)
    }
    held = new Map(growing.map((message) => [message.id, message]))
  })
}

export const createDevice = ({ name, person, server, random, createClient }: Options): Device => {
  const storage = webOutbox(mapStorage())
  const said: Said[] = []
  const doubled: string[] = []
  const shrunk: string[] = []
  const views = new Map<string, (() => void)[]>()
  let ids = 0
  let isGone = { value: false }
  let client: Client

  const uuid = (): string => {
    ids += 1
    const number = Buffer.from(name).toString('hex').padStart(12, '0').slice(-12)
    return `${ids.toString(16).padStart(8, '0')}-0000-4000-8000-${number}`
  }
  /** The outer world, which a client that is gone does not reach any more. */
  const edgesOf = (gone: { readonly value: boolean }): Edges => ({
    ...server.edges(name),
    random,
    uuid,
    clock: {
      now: server.clock.now,
      after: (ms, act) => server.clock.after(ms, () => (gone.value ? undefined : act())),
    },
  })
  const storageOf = (gone: { readonly value: boolean }): OutboxStorage => ({
    load: storage.load,
    put: (user, outgoing) => (gone.value ? undefined : storage.put(user, outgoing)),
    remove: (user, outgoing) => (gone.value ? undefined : storage.remove(user, outgoing)),
  })
  const begin = (): Client => {
    const gone = { value: false }
    isGone = gone
    const { user, session } = person.actor
    const made = createClient({
      server: 'http://chat.test',
      session: server.issue(user, session),
      outbox: storageOf(gone),
      edges: edgesOf(gone),
      maxGap: 12,
    })
    const created = new Set<string>()
    made.on('left', ({ room }) => {
      for (const key of created) if (key.startsWith(`${room} `)) created.delete(key)
    })
    made.on('message', ({ room, message, change }) => {
      const key = `${room} ${message.id}`
      if (change === 'created' && created.has(key)) doubled.push(key)
      if (change === 'created') created.add(key)
    })
    watchGrowth(made, (text) => shrunk.push(text))
    made.on('failed', ({ outgoing }) => {
      const one = said.find(({ id }) => id === outgoing.id)
      if (one && outgoing.failed) one.fate = outgoing.failed.code
    })
    made.on('sent', ({ outgoing }) => {
      const one = said.find(({ id }) => id === outgoing.id)
      if (one) one.fate = 'stored'
    })
    made.start()
    return made
  }
  client = begin()
  return {
    name,
    person,
    get client() {
      return client
    },
    said,
    doubled,
    shrunk,
    send(room, replyTo) {
      const { id } = client.send(room, `${name} says ${said.length}`, replyTo)
      said.push({ room, id, fate: 'open' })
    },
    open(room) {
      views.set(room, [...(views.get(room) ?? []), client.open(room), client.watchMembers(room)])
    },
    close(room) {
      for (const end of views.get(room) ?? []) end()
      views.delete(room)
    },
    reload() {
      isGone.value = true
      server.network.cut(name, true)
      const rooms = [...views.keys()]
      views.clear()
      client = begin()
      for (const room of rooms) views.set(room, [client.open(room), client.watchMembers(room)])
    },
  }
}
