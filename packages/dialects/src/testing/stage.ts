import { assistantId, type Connection, isRefusal, type Refusal } from '@parley/core'
import { type TestChat, type TestChatOptions, type TestPerson, testChat } from '@parley/core/testing'
import type { ConnectionId, MessageId, RoomId } from '@parley/protocol'
import type { Hono } from 'hono'
import { compatRoutes, dialectsOf, openSystems, type Systems } from '../compat.ts'
import type { Nobody } from '../system.ts'

export const general = 'general' as RoomId

/** A client of one of the systems, connected. */
export interface Player {
  readonly connection: Connection
  /** What it was told since it was last asked, as text. */
  heard(): readonly string[]
  say(frame: string): Promise<void>
  /** Ends the connection, and the server learns it at once. */
  leave(): Promise<void>
  /** Ends it without a word. */
  vanish(): void
}

/** A chat in memory where the clients of all systems meet. */
export interface Stage extends TestChat {
  readonly systems: Systems
  readonly http: Hono
  /** A member of Parley, in `general`. */
  readonly zoe: TestPerson
  arrive(system: string, query?: string, nobody?: Partial<Nobody>): Promise<Player | Refusal>
  /** The same for who is let in. */
  enter(system: string, query?: string): Promise<Player>
  /** Lets the member say something. */
  speak(text: string, room?: RoomId): Promise<MessageId>
  /** Lets the assistant answer the prompt that was sent last. */
  answer(text: string, ended?: 'done' | 'failed' | 'stopped'): Promise<void>
}

export const local: Nobody = { kind: 'nobody', address: '127.0.0.1', mayBeGuest: true }

export const stage = async (options: TestChatOptions & { readonly guests?: boolean } = {}): Promise<Stage> => {
  let ids = 0
  const newId = (): string => {
    ids += 1
    return `0000000a-0000-4000-8000-${String(ids).padStart(12, '0')}`
  }
  // The systems are made before the chat whose clock they read.
  let clock = { now: () => 0 }
  const systems = openSystems({ newId, now: () => clock.now(), key: new Uint8Array(32).fill(9) })
  const ends = new Map<ConnectionId, { readonly heard: string[]; open: boolean }>()
  const world = testChat({
    ...options,
    dialects: dialectsOf(systems),
    wrap: (ports) => ({
      ...options.wrap?.(ports),
      sockets: {
        send: async (to, frame) =>
          to.filter((id) => {
            const end = ends.get(id)
            if (end?.open) end.heard.push(frame)
            return !end?.open
          }),
        close: async (id) => {
          const end = ends.get(id)
          if (end) end.open = false
        },
      },
    }),
  })
  clock = world.clock
  await world.chat.execute({ kind: 'system' }, { action: 'add-assistant' })
  const zoe = await world.person('Zoe')
  const nobody = { ...local, mayBeGuest: options.guests ?? true }
  const http = compatRoutes(systems, { chat: world.chat, log: world.log }, () => ({
    nobody,
    socket: (name) => `wss://chat.example/compat/${name}`,
  }))
  let count = 0

  const arrive: Stage['arrive'] = async (name, query = '', more = {}) => {
    const system = systems[name]
    if (!system) throw new Error(`there is no system ${name}`)
    const arrival = await system.arrive({ chat: world.chat }, { ...nobody, ...more }, new URLSearchParams(query))
    if (isRefusal(arrival)) return arrival
    count += 1
    const connection: Connection = { id: `${name} ${count}` as ConnectionId, dialect: name, ...arrival }
    const end = { heard: [] as string[], open: true }
    ends.set(connection.id, end)
    await world.chat.open(connection)
    await world.chat.begin(connection)
    return {
      connection,
      heard: () => end.heard.splice(0),
      say: async (frame) => {
        const { frame: answer, close } = await world.chat.receive(connection, frame)
        if (answer !== undefined) end.heard.push(answer)
        if (close) {
          end.open = false
          await world.chat.close(connection.id)
        }
      },
      leave: async () => {
        end.open = false
        await world.chat.close(connection.id)
      },
      vanish: () => {
        end.open = false
      },
    }
  }
  const speak: Stage['speak'] = async (text, room = general) => {
    const id = newId() as MessageId
    const answer = await world.chat.execute(zoe.actor, { action: 'send', room, id, text })
    if (isRefusal(answer)) throw new Error(answer.message)
    return id
  }
  const answer: Stage['answer'] = async (text, ended = 'done') => {
    const job = world.jobs.kept.at(-1)
    if (job?.kind !== 'reply') throw new Error('nobody was asked')
    const actor = { kind: 'service', user: assistantId } as const
    const { room, prompt, asker, run: wanted } = job
    const start = await world.chat.execute(actor, { action: 'begin-reply', room, prompt, asker, run: wanted })
    if (isRefusal(start) || start.state !== 'begun') throw new Error('the answer does not begin')
    const { run, message } = start
    const half = text.slice(0, text.length / 2)
    if (half) await world.chat.execute(actor, { action: 'grow-reply', room, id: message.id, run, at: 0, text: half })
    await world.chat.execute(actor, { action: 'end-reply', room, id: message.id, run, text, ended })
  }
  return {
    ...world,
    systems,
    http,
    zoe,
    arrive,
    enter: async (name, query) => {
      const player = await arrive(name, query)
      if (isRefusal(player)) throw new Error(player.message)
      return player
    },
    speak,
    answer,
  }
}
