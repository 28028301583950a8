import {
  type Client,
  type ClientOptions,
  type ClientState,
  createClient,
  type Edges,
  globalEdges,
} from '@parley/client'
import { onTestFinished } from 'vitest'
import type { Api } from './api.ts'
import type { Person } from './world.ts'

/** The network between a client of the library and its server, as a test wants it. */
export interface Network {
  /** Nothing gets through; what is open breaks. */
  isDown: boolean
  /** What the server says is lost; what is said to it is not. */
  isDeaf: boolean
}

/** Somebody's client of the library, and what it has told. */
export interface LibraryClient {
  readonly client: Client
  readonly network: Network
  /** Ids of the messages that were told as created, in that order. */
  readonly created: readonly string[]
  /** Waits until the state is so; fails with it when it is not within 20 s. */
  until(what: string, is: (state: ClientState) => boolean): Promise<void>
}

const waitMs = 20_000

/** A socket factory and `fetch` over a network that may fail. */
const edgesOver = (network: Network): Partial<Edges> => {
  const given = globalEdges()
  return {
    // Short waits between attempts, so that tests are short.
    random: () => 0.1,
    fetch: async (url, request) => {
      if (network.isDown) throw new TypeError('the network is down')
      return given.fetch(url, request)
    },
    transport: (url, events) =>
      given.transport(url, {
        ...events,
        received: (text) => {
          if (!network.isDeaf) events.received(text)
        },
      }),
  }
}

const shown = ({ connection, rooms, outbox }: ClientState): string =>
  JSON.stringify({
    connection,
    rooms: [...rooms.values()].map(({ id, window }) => ({ id, ...window, messages: window.messages.length })),
    outbox: [...outbox.values()],
  })

/** A client of the library for somebody. It is stopped at the end of the test. */
export const libraryClient = (
  server: string,
  { token, expiresAt, user }: Person,
  options: Partial<ClientOptions> = {},
): LibraryClient => {
  const network: Network = { isDown: false, isDeaf: false }
  const client = createClient({ server, session: { token, expiresAt, user }, edges: edgesOver(network), ...options })
  onTestFinished(() => client.stop())
  const created: string[] = []
  client.on('message', ({ message, change }) => {
    if (change === 'created') created.push(message.id)
  })
  const until: LibraryClient['until'] = (what, is) =>
    new Promise((resolve, reject) => {
      const end = (settle: () => void): void => {
        clearTimeout(timer)
        leave()
        settle()
      }
      const look = (): void => {
        if (is(client.state)) end(resolve)
      }
      const leave = client.subscribe(look)
      const timer = setTimeout(
        () => end(() => reject(new Error(`${what}: not within ${waitMs} ms\n${shown(client.state)}`))),
        waitMs,
      )
      look()
    })
  return { client, network, created, until }
}

/** What a client holds of its rooms, told as the HTTP API tells it, and what that says when it is asked now. */
export const heldAndFresh = async (api: Api, { state }: Client, token: string) => {
  const { rooms } = await api.call('GET /api/rooms', { token })
  const own = rooms.flatMap((room) => (room.member ? [room] : []))
  const fresh = await Promise.all(
    own.map(async (room) => {
      const start = state.rooms.get(room.id)?.window.start ?? 0
      const query = { after: start, limit: 500 }
      return { room, ...(await api.call('GET /api/rooms/{room}/messages', { token, at: room.id, query })) }
    }),
  )
  const byId = [...state.rooms.values()].sort((one, other) => (one.id < other.id ? -1 : 1))
  const held = byId.map(({ facts, window, read, unread }) => ({
    room: { ...facts, rev: window.complete, member: true, read, unread },
    messages: window.messages,
    rev: window.newest,
    more: false,
  }))
  return { held, fresh }
}
